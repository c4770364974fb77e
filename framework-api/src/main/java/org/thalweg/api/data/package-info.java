/** Data sources, data sets and transforms. */
package org.thalweg.api.data;
