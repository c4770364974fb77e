/** Layers over sequences [n, time, features] in which every place looks at the others, and what tells the places apart. */
package org.thalweg.autodiff.layer.attention;
