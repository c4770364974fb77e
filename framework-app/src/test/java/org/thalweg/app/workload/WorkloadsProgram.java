package org.thalweg.app.workload;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.pipeline.Pipeline;
import org.thalweg.app.workload.Model.EncoderLayer;
import org.thalweg.app.workload.Model.Memory;
import org.thalweg.app.workload.Model.Perceptron;
import org.thalweg.app.workload.Workload.Rule;
import org.thalweg.autodiff.compile.CpuBackend;

/**
 * Runs every workload, the large ones made smaller, until it allocates nothing any more. Prints a line for each: its name, the mean loss of the
 * first steps and of the last ones (for a single computation, 1 and 0 if it is finite), and the bytes of the last {@value #STEPS} steps.
 */
final class WorkloadsProgram {
    static final String TRAININGS = "trainings";
    static final String OPERATIONS = "operations";
    static final int STEPS = 20;
    private static final int LEARNING_STEPS = 24;
    /** What a look at the clock may cost: the event and no more, less than the smallest object in each step. */
    static final long EVENT_BYTES = 160;
    private static final int QUIET = 3;
    private static final int LEAST_LOOKS = 5;
    /** Of processor time, so that a busy machine does not matter. */
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final MethodHandle allocatedBytes;

    /** By reflection, because the module under test does not read the management module. */
    private WorkloadsProgram() throws ReflectiveOperationException {
        Object bean = Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean").invoke(null);
        allocatedBytes = MethodHandles.publicLookup().findVirtual(Class.forName("com.sun.management.ThreadMXBean"),
                "getCurrentThreadAllocatedBytes", MethodType.methodType(long.class)).bindTo(bean);
    }

    public static void main(String[] arguments) throws Exception {
        WorkloadsProgram program = new WorkloadsProgram();
        if (arguments[0].equals(TRAININGS)) {
            Workload.ALL.forEach(workload -> program.train(smaller(workload)));
        } else {
            program.operations();
        }
    }

    private void operations() {
        try (CpuBackend backend = new CpuBackend(1)) {
            for (LossCase lossCase : LossCase.values()) {
                repeat("W7-" + lossCase.label(), CompiledOperation.of(lossCase, 32, backend));
            }
            for (Rule rule : List.of(Rule.MOMENTUM, Rule.ADAGRAD, Rule.RMSPROP, Rule.ADAM)) {
                repeat("W6-" + rule, CompiledOperation.of(new OptimizerUpdate(rule, 1000), backend));
            }
            Product product = new Product(64, 64, 64);
            repeat("W8-" + product.name(), CompiledOperation.of(product, backend));
        }
    }

    private static Workload smaller(Workload workload) {
        Model model = switch (workload.name()) {
            case "W2" -> Perceptron.of(784, 64, 64, 10);
            case "W9a" -> new Memory(8, 16, 32);
            case "W9b" -> new EncoderLayer(16, 32, 4, 64);
            default -> workload.model();
        };
        return new Workload(workload.name(), workload.title(), model, workload.objective(), workload.rule(), Math.min(16, workload.batch()), STEPS);
    }

    private void train(Workload workload) {
        List<Double> losses = losses(workload);
        Allocation allocation = new Allocation(EVENT_BYTES);
        Pipeline[] pipeline = new Pipeline[1];
        pipeline[0] = WorkloadPipeline.of(workload).threads(1).epochs(Integer.MAX_VALUE).listener(new TrainingListener() {
            @Override
            public void stepEnded(StepEnded event) {
                if (allocation.look()) {
                    pipeline[0].cancel();
                }
            }
        }).build();
        pipeline[0].train();
        print(workload.name(), mean(losses.subList(0, Numbers.BATCHES)), mean(losses.subList(LEARNING_STEPS - Numbers.BATCHES, LEARNING_STEPS)), allocation);
    }

    private static List<Double> losses(Workload workload) {
        List<Double> losses = new ArrayList<>();
        WorkloadPipeline.of(workload, LEARNING_STEPS).threads(1).listenEverySteps(1).listener(new TrainingListener() {
            @Override
            public void stepEnded(StepEnded event) {
                losses.add(event.loss());
            }
        }).build().train();
        return losses;
    }

    private static double mean(List<Double> losses) {
        return losses.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private void repeat(String name, Operation operation) {
        Allocation allocation = new Allocation(allowed(name));
        do {
            for (int step = 0; step < STEPS; step++) {
                operation.run();
            }
        } while (!allocation.look());
        double finite = 0;
        for (double figure : operation.figures()) {
            finite += 0 * figure;
        }
        print(name, 1, finite, allocation);
    }

    /** What a custom operation makes of its inputs is its own affair: CTC makes two small objects a run. */
    static long allowed(String name) {
        return name.equals("W7-ctc") ? 100 * STEPS : EVENT_BYTES;
    }

    private static void print(String name, double first, double last, Allocation allocation) {
        System.out.println(name + " " + first + " " + last + " " + allocation.bytes);
    }

    /** What this thread allocates between two looks. */
    private final class Allocation {
        private final Duration deadline = used().plus(LIMIT);
        private final long allowed;
        private long before = -1;
        private long bytes = Long.MAX_VALUE;
        private int quiet;
        private int looks;

        Allocation(long allowed) {
            this.allowed = allowed;
        }

        /** Whether nothing was allocated several times, or the time is up. */
        boolean look() {
            long now = now();
            if (before >= 0) {
                bytes = now - before;
                quiet = bytes <= allowed ? quiet + 1 : 0;
            }
            looks++;
            boolean enough = quiet >= QUIET && looks >= LEAST_LOOKS || used().compareTo(deadline) > 0;
            before = now();
            return enough;
        }

        private Duration used() {
            return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
        }

        private long now() {
            try {
                return (long) allocatedBytes.invokeExact();
            } catch (Throwable failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
