package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;

/** A program on the CPU: host scalars, then steps one after another, each with its threads. */
final class CpuProgram implements Program {
    private final Memory memory;
    private final HostScalars.Runner hostScalars;
    private final HostScalars scalarPositions;
    private final Map<Expression, Integer> leaves;
    private final Step[] early;
    private final FiniteCheck[] checks;
    private final Step[] late;
    private final List<Expression> outputs;
    private final int[] outputBuffers;
    private final List<Work> work;
    private boolean complete;
    private long profiledRuns;
    /** How long each step took, or null where nobody asked. */
    private long[] nanoseconds;

    CpuProgram(
            Memory memory,
            HostScalars hostScalars,
            Map<Expression, Integer> leaves,
            List<Step> early,
            List<FiniteCheck> checks,
            List<Step> late,
            List<Expression> outputs,
            int[] outputBuffers,
            List<Work> work) {
        this.memory = memory;
        this.scalarPositions = hostScalars;
        this.hostScalars = hostScalars.runner();
        this.leaves = leaves;
        this.early = early.toArray(Step[]::new);
        this.checks = checks.toArray(FiniteCheck[]::new);
        this.late = late.toArray(Step[]::new);
        this.outputs = outputs;
        this.outputBuffers = outputBuffers;
        this.work = work;
    }

    @Override
    public void bind(Expression leaf, Object array) {
        if (!(leaf.op() instanceof Op.Leaf(Op.LeafKind kind, _, _)) || kind == Op.LeafKind.SCALAR) {
            throw new IllegalArgumentException(leaf + " is not an input or variable, so it has no array");
        }
        if (!Memory.fits(leaf.dtype(), array) || Memory.length(array) < leaf.shape().size()) {
            throw new IllegalArgumentException(leaf + " needs " + leaf.shape().size() + " elements of " + leaf.dtype() + ", but was given "
                    + described(array));
        }
        Integer buffer = leaves.get(leaf);
        if (buffer != null) {
            memory.buffers[buffer] = array;
        }
    }

    private static String described(Object array) {
        if (array == null) {
            return "null";
        }
        String type = array.getClass().getSimpleName();
        return array.getClass().isArray() ? type + " of length " + java.lang.reflect.Array.getLength(array) : type;
    }

    @Override
    public void set(Expression scalar, double value) {
        if (!(scalar.op() instanceof Op.Leaf(Op.LeafKind kind, _, _)) || kind != Op.LeafKind.SCALAR) {
            throw new IllegalArgumentException(scalar + " is not a scalar leaf, so it has no number to set");
        }
        int position = scalarPositions.leaf(scalar);
        if (position >= 0) {
            memory.scalars[position] = value;
        }
    }

    @Override
    public void random(long seed, long step) {
        memory.seed = seed;
        memory.step = step;
    }

    @Override
    public boolean run() {
        if (!complete) {
            leaves.forEach((leaf, buffer) -> {
                if (memory.buffers[buffer] == null) {
                    throw new IllegalStateException("no array was bound to " + leaf);
                }
            });
            complete = true;
        }
        hostScalars.run(memory.scalars);
        run(early, 0);
        long beforeChecks = nanoseconds == null ? 0 : System.nanoTime();
        for (FiniteCheck check : checks) {
            if (!check.holds(memory)) {
                return false;
            }
        }
        if (nanoseconds != null) {
            nanoseconds[early.length + late.length] += System.nanoTime() - beforeChecks;
            profiledRuns++;
        }
        run(late, early.length);
        return true;
    }

    private void run(Step[] steps, int first) {
        if (nanoseconds == null) {
            for (Step step : steps) {
                step.run(memory);
            }
            return;
        }
        for (int i = 0; i < steps.length; i++) {
            long start = System.nanoTime();
            steps[i].run(memory);
            nanoseconds[first + i] += System.nanoTime() - start;
        }
    }

    @Override
    public void startProfile() {
        nanoseconds = new long[early.length + late.length + 1];
        profiledRuns = 0;
    }

    @Override
    public List<StepProfile> profile() {
        if (nanoseconds == null) {
            return List.of();
        }
        List<StepProfile> profile = new ArrayList<>();
        for (int i = 0; i < work.size(); i++) {
            Work one = work.get(i);
            profile.add(new StepProfile(one.kind(), one.origins(), one.flops(), one.bytes(), profiledRuns, nanoseconds[i]));
        }
        return profile;
    }

    @Override
    public Object output(int position) {
        return memory.buffers[outputBuffers[position]];
    }

    @Override
    public double number(int position) {
        if (outputs.get(position).shape().size() != 1) {
            throw new IllegalArgumentException("output " + position + " is not one number but " + outputs.get(position));
        }
        return Memory.element(output(position), 0);
    }
}
