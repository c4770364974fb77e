package org.thalweg.app.compare;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.app.report.Picture;

/**
 * One comparison on the page.
 *
 * @param id begins the names of its files
 * @param title above
 * @param see what one should see
 * @param paths an SVG with paths, and how many steps it has
 * @param pictures by what they show; those without a place of their own on the page too
 * @param legend the names of those that take part
 * @param colors the number of each one's colour
 * @param steps of the longest path
 * @param table its first row is its head
 */
record Section(
        String id, String title, String see, Optional<String> paths, Map<String, Picture> pictures, List<String> legend, List<Integer> colors, int steps,
        List<List<String>> table) {}
