package org.thalweg.bench.torch;

import static org.bytedeco.pytorch.global.torch.compile;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.app.workload.Workload.Rule;

/**
 * PyTorch's fused optimizer kernels, what {@code fused=True} is in Python. They have no class in C++, so they are called through the
 * dispatcher. Lists of tensors come from a function in TorchScript, because JavaCPP cannot make them.
 */
final class FusedOptimizer {
    private static final IValue NONE = new IValue();

    private final Rule rule;
    private final List<Tensor> parameters;
    private final CompilationUnit unit;
    private final Function toList;
    private final OperatorHandle kernel;
    private final IValue parameterList;
    private final IValue nothing;
    private final List<Tensor> stepCounts;
    private final IValue stepCountList;
    private final IValue first;
    private final IValue second;
    private boolean isFirst = true;

    FusedOptimizer(Rule rule, List<Tensor> parameters) {
        this.rule = rule;
        this.parameters = parameters;
        String names = IntStream.range(0, parameters.size()).mapToObj(i -> "t" + i).collect(Collectors.joining(", "));
        String typed = IntStream.range(0, parameters.size()).mapToObj(i -> "t" + i + ": Tensor").collect(Collectors.joining(", "));
        unit = compile("def pack(" + typed + ") -> List[Tensor]:\n    return [" + names + "]\n"
                + "def nothing() -> List[Tensor]:\n    none: List[Tensor] = []\n    return none\n");
        toList = unit.find_function(new QualifiedName("pack"));
        kernel = Dispatcher.singleton().findSchemaOrThrow("aten::_fused_" + switch (rule) {
            case ADAM -> "adam_";
            case SGD, MOMENTUM -> "sgd_";
            case ADAGRAD -> "adagrad_";
            case RMSPROP -> throw new UnsupportedOperationException("PyTorch has no fused RMSProp");
        }, "");
        parameterList = list(parameters);
        nothing = called(unit.find_function(new QualifiedName("nothing")), List.of());
        first = list(zerosLike(parameters));
        second = list(zerosLike(parameters));
        stepCounts = parameters.stream().map(_ -> torch.zeros(1).squeeze()).toList();
        stepCountList = list(stepCounts);
    }

    private static List<Tensor> zerosLike(List<Tensor> tensors) {
        return tensors.stream().map(tensor -> zeros_like(tensor).detach()).toList();
    }

    private IValue list(List<Tensor> tensors) {
        return called(toList, tensors);
    }

    private static IValue called(Function function, List<Tensor> tensors) {
        IValueVector stack = new IValueVector();
        tensors.forEach(tensor -> stack.push_back(new IValue(tensor)));
        function.run(stack);
        return new IValue(stack.get(0));
    }

    /** Drops the gradients of the step before, so that the next ones are stored and not added. */
    void clearGradients() {
        parameters.forEach(parameter -> parameter.mutable_grad().reset());
    }

    void step() {
        try (NoGradGuard _ = new NoGradGuard()) {
            update();
        }
    }

    private void update() {
        IValue gradients = list(parameters.stream().map(Tensor::grad).toList());
        if (rule == Rule.ADAM || rule == Rule.ADAGRAD) {
            Scalar one = new Scalar(1);
            stepCounts.forEach(count -> count.add_(one));
        }
        IValueVector stack = new IValueVector();
        for (IValue argument : arguments(gradients)) {
            stack.push_back(argument);
        }
        kernel.callBoxed(stack);
        isFirst = false;
    }

    /** As the operator's schema has them. */
    private List<IValue> arguments(IValue gradients) {
        IValue rate = number(rule.learningRate());
        return switch (rule) {
            case ADAM -> List.of(parameterList, gradients, first, second, nothing, stepCountList, rate, number(0.9), number(0.999), number(0),
                    number(1e-8), flag(false), flag(false), NONE, NONE);
            case SGD, MOMENTUM -> List.of(parameterList, gradients, rule == Rule.SGD ? nothing : first, number(0), number(rule.momentum()), rate,
                    number(0), flag(false), flag(false), flag(isFirst), NONE, NONE);
            case ADAGRAD -> List.of(parameterList, gradients, first, stepCountList, rate, number(0), number(0), number(1e-10), flag(false), NONE, NONE);
            case RMSPROP -> throw new IllegalStateException();
        };
    }

    private static IValue number(double value) {
        return new IValue(value);
    }

    private static IValue flag(boolean value) {
        return new IValue(value);
    }
}
