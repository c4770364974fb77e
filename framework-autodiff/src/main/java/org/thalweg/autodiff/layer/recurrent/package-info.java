/** Layers that go through a sequence [n, time, features] step by step; unrolled when traced. */
package org.thalweg.autodiff.layer.recurrent;
