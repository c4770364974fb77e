package org.thalweg.app.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.thalweg.app.workload.Model.Perceptron;
import org.thalweg.app.workload.Workload.Objective;
import org.thalweg.app.workload.Workload.Rule;

/** Trainings that differ in one size, to see what growth costs. */
public final class Growth {
    private static final int DEEP_UNITS = 64;

    private Growth() {}

    /** By batch, by width, by depth. */
    public static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        for (int batch : new int[] {16, 64, 256, 1024, 4096}) {
            all.add(workload("batch-" + batch, Perceptron.of(784, 128, 10), batch));
        }
        for (int width : new int[] {64, 256, 1024, 4096}) {
            all.add(workload("width-" + width, Perceptron.of(784, width, 10), 64));
        }
        for (int depth : new int[] {2, 10, 100, 1000}) {
            all.add(workload("depth-" + depth, deep(depth), 64));
        }
        return all;
    }

    private static Workload workload(String name, Model model, int batch) {
        return new Workload(name, name.replace('-', ' '), model, Objective.CROSS_ENTROPY, Rule.ADAM, batch, 1);
    }

    private static Model deep(int depth) {
        List<Integer> sizes = new ArrayList<>(Collections.nCopies(depth, DEEP_UNITS));
        sizes.add(10);
        return new Perceptron(sizes, Math.sqrt(6));
    }
}
