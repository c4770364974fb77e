package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Binary;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.graph.Unary;

/**
 * Decides which nodes are computed together in one loop nest, and which values are kept in arrays.
 *
 * <p>Every node gets a level, and element-wise nodes and reductions of the same level, type and domain form a cluster. An edge between two clusters
 * always leads to a higher level, so the order of levels is an order of execution, and no cycle can arise. A reduction over the last axis is part of the
 * cluster that computes its input; what is computed from it for each row, and what is computed with that for each element, still belongs
 * to the same cluster (a softmax is one loop nest). Any other reduction is complete only after its loop.
 *
 * <p>Then, from the end to the beginning: a value needed only by its own cluster stays in registers; a cheap value needed elsewhere
 * is computed again there; any other value is kept. Everything is linear in the number of nodes.
 */
final class Fusion {
    /** A sum over a longer vector gets a loop of its own, since a loop that holds such a sum cannot be split among threads. */
    private static final int LONGEST_JOINED_SUM = 16_384;
    private static final int LONGEST_CHEAP_CHAIN = 6;

    /** What a node is to the fusion. */
    private enum Kind {
        /** An array that is there before the run. */
        SOURCE,
        /** A number computed on the host, in double. */
        HOST,
        /** Another shape over the same array. */
        ALIAS,
        /** Element by element, or a pure change of index. */
        ELEMENT,
        /** A reduction over the last axis, part of its input's loop. */
        ROW_REDUCTION,
        /** A reduction that is complete after its loop. */
        REDUCTION,
        /** A kernel of its own. */
        KERNEL
    }

    /** Nodes that are computed in one loop nest. */
    static final class Cluster {
        final int id;
        final int level;
        final DType dtype;
        final int[] domain;
        final List<Expression> stores = new ArrayList<>();
        private final boolean columns;
        private int weight;

        private Cluster(int id, int level, DType dtype, int[] domain, boolean columns) {
            this.columns = columns;
            this.id = id;
            this.level = level;
            this.dtype = dtype;
            this.domain = domain;
        }
    }

    private record Key(int level, DType dtype, List<Integer> domain, boolean reductions, int group) {}

    private final int limit;
    private final List<Expression> nodes;
    private final int[] position;
    private final Kind[] kinds;
    private final int[] levels;
    private final Cluster[] homes;
    private final boolean[] rows;
    private final boolean[] kept;
    private final boolean[] late;
    /** Whether a node has more than one number in it: what is the same everywhere, in whatever shape, connects nothing. */
    private final boolean[] varies;
    /** For what belongs to updates alone: which of them, where they have nothing to do with each other. */
    private final int[] groups;
    private final Set<Expression> required = new HashSet<>();
    private final Map<Key, Cluster> open = new HashMap<>();
    private final List<Cluster> clusters = new ArrayList<>();
    private int lateLevel;

    /**
     * @param early values needed before the updates
     * @param all these and the updates
     * @param limit the most weight of a cluster
     */
    Fusion(List<Expression> early, List<Expression> all, int limit) {
        this.limit = limit;
        nodes = Graph.reachable(all);
        int count = nodes.size();
        position = new int[nodes.isEmpty() ? 0 : nodes.getLast().graph().size()];
        kinds = new Kind[count];
        levels = new int[count];
        homes = new Cluster[count];
        rows = new boolean[count];
        kept = new boolean[count];
        late = new boolean[count];
        groups = new int[count];
        varies = new boolean[count];
        Arrays.fill(late, true);
        for (int p = 0; p < count; p++) {
            position[nodes.get(p).id()] = p;
        }
        for (Expression node : Graph.reachable(early)) {
            late[at(node)] = false;
        }
        for (int p = 0; p < count; p++) {
            kinds[p] = kind(nodes.get(p));
        }
        for (int p = 0; p < count; p++) {
            Expression node = nodes.get(p);
            varies[p] = node.shape().size() > 1
                    && (node.inputs().isEmpty() ? kinds[p] == Kind.SOURCE : node.inputs().stream().anyMatch(input -> varies[at(input)]));
        }
        group(all.subList(early.size(), all.size()));
        all.forEach(this::require);
        for (Expression node : nodes) {
            if (kinds[at(node)] == Kind.KERNEL) {
                node.inputs().forEach(this::require);
            }
        }
        for (int p = 0; p < count; p++) {
            if (!late[p]) {
                place(p);
                lateLevel = Math.max(lateLevel, levels[p] + 1);
            }
        }
        for (int p = 0; p < count; p++) {
            if (late[p]) {
                place(p);
            }
        }
        decide();
    }

    /**
     * Tells the updates of one variable and its state from those of others. The loops of many variables of one shape would otherwise become one, with more arrays than
     * a processor can keep apart.
     */
    private void group(List<Expression> updates) {
        int[] parents = new int[nodes.size() + 1];
        for (Expression update : updates) {
            groups[at(update)] = at(update) + 1;
            parents[at(update) + 1] = at(update) + 1;
        }
        for (int p = nodes.size() - 1; p >= 0; p--) {
            if (groups[p] == 0) {
                continue;
            }
            for (Expression input : nodes.get(p).inputs()) {
                int at = at(input);
                if (!late[at] || !varies[at]) {
                    continue;
                }
                if (groups[at] == 0) {
                    groups[at] = groups[p];
                } else {
                    parents[root(parents, groups[at])] = root(parents, groups[p]);
                }
            }
        }
        for (int p = 0; p < groups.length; p++) {
            groups[p] = groups[p] == 0 ? 0 : root(parents, groups[p]);
        }
    }

    private static int root(int[] parents, int group) {
        int root = group;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }

    private int at(Expression node) {
        return position[node.id()];
    }

    /** The array that a node must be found in afterwards. */
    private void require(Expression node) {
        Expression base = base(node);
        required.add(base);
        if (kinds[at(base)] == Kind.HOST) {
            kinds[at(base)] = Kind.ELEMENT;
        }
    }

    /** The node whose array a node's value is in: pure changes of shape share it. */
    static Expression base(Expression node) {
        Expression base = node;
        while (base.op() instanceof Op.Reshape || base.op() instanceof Op.StopGradient) {
            base = base.input(0);
        }
        return base;
    }

    private Kind kind(Expression node) {
        return switch (node.op()) {
            case Op.Leaf leaf -> leaf.kind() == Op.LeafKind.SCALAR ? Kind.HOST : Kind.SOURCE;
            case Op.Literal literal -> Kind.SOURCE;
            case Op.Constant constant -> Kind.HOST;
            case Op.Map1 map -> element(node);
            case Op.Map2 map -> element(node);
            case Op.Where where -> element(node);
            case Op.Cast cast -> element(node);
            case Op.StopGradient stop -> element(node);
            case Op.Broadcast broadcast -> element(node);
            case Op.Range range -> Kind.ELEMENT;
            case Op.Reshape reshape -> {
                Kind kind = element(node);
                boolean onlyUnitAxes = Arrays.equals(Canonical.squeezed(node.shape()), Canonical.squeezed(node.input(0).shape()));
                yield kind == Kind.ELEMENT && !onlyUnitAxes ? Kind.ALIAS : kind;
            }
            case Op.Reduce reduce -> {
                int[] domain = Canonical.squeezed(node.input(0).shape());
                boolean last = reduce.axes().contains(Canonical.lastAxis(node.input(0).shape()));
                yield node.dtype() == DType.INT32 ? Kind.KERNEL
                        : last && (domain.length > 1 || domain[0] <= LONGEST_JOINED_SUM) ? Kind.ROW_REDUCTION : Kind.REDUCTION;
            }
            case Op.Random random -> Kind.KERNEL;
            case Op.ArgMax argMax -> Kind.KERNEL;
            case Op.MatMul product -> Kind.KERNEL;
            case Op.Permute permute -> Kind.KERNEL;
            case Op.Slice slice -> Kind.KERNEL;
            case Op.Pad pad -> Kind.KERNEL;
            case Op.Concat concat -> Kind.KERNEL;
            case Op.Gather gather -> Kind.KERNEL;
            case Op.ScatterAdd scatter -> Kind.KERNEL;
            case Op.SetRows set -> Kind.KERNEL;
            case Op.Unfold unfold -> Kind.KERNEL;
            case Op.Fold fold -> Kind.KERNEL;
            case Op.Convolution convolution -> Kind.KERNEL;
            case Op.ConvolutionInput adjoint -> Kind.KERNEL;
            case Op.ConvolutionWeight adjoint -> Kind.KERNEL;
            case Op.WindowArgMax argMax -> Kind.KERNEL;
            case Op.PlaneGather gather -> Kind.KERNEL;
            case Op.PlaneScatterAdd scatter -> Kind.KERNEL;
            case Op.Custom custom -> Kind.KERNEL;
            case Op.CustomGradient gradient -> Kind.KERNEL;
        };
    }

    private Kind element(Expression node) {
        boolean host = node.shape().size() == 1;
        for (Expression input : node.inputs()) {
            host &= kinds[at(input)] == Kind.HOST;
        }
        return host ? Kind.HOST : Kind.ELEMENT;
    }

    private void place(int p) {
        Expression node = nodes.get(p);
        int level = late[p] ? lateLevel : 0;
        switch (kinds[p]) {
            case SOURCE, HOST -> levels[p] = 0;
            case ALIAS -> levels[p] = Math.max(level, ready(node.input(0)));
            case KERNEL -> {
                for (Expression input : node.inputs()) {
                    level = Math.max(level, ready(input));
                }
                levels[p] = level;
            }
            case ELEMENT, ROW_REDUCTION -> join(p, node, level);
            case REDUCTION -> {
                level = Math.max(level, ready(node.input(0)));
                enter(p, level, node.dtype(), Canonical.squeezed(node.input(0).shape()), true);
            }
        }
    }

    /** The first level at which another cluster or kernel may read a value. */
    private int ready(Expression node) {
        return switch (kinds[at(node)]) {
            case SOURCE, HOST -> 0;
            case ALIAS -> levels[at(node)];
            case ELEMENT, ROW_REDUCTION, REDUCTION, KERNEL -> levels[at(node)] + 1;
        };
    }

    private boolean isClustered(Expression node) {
        Kind kind = kinds[at(node)];
        return kind == Kind.ELEMENT || kind == Kind.ROW_REDUCTION;
    }

    /** Whether every loop that needs a node computes it for itself. */
    private boolean isEverywhere(Expression node) {
        return !varies[at(node)] && kinds[at(node)] == Kind.ELEMENT && node.op() instanceof Op.Broadcast && kinds[at(node.input(0))] == Kind.HOST
                && !required.contains(node);
    }

    private void join(int p, Expression node, int lowest) {
        int level = lowest;
        for (Expression input : node.inputs()) {
            if (!isEverywhere(input)) {
                level = Math.max(level, isClustered(input) ? levels[at(input)] : ready(input));
            }
        }
        Cluster shared = null;
        boolean fits = true;
        boolean row = false;
        for (Expression input : node.inputs()) {
            if (isClustered(input) && !isEverywhere(input) && levels[at(input)] == level) {
                Cluster home = homes[at(input)];
                fits &= (shared == null || shared == home) && maps(node, input, home);
                shared = home;
                row |= isRow(node, input);
            }
        }
        DType dtype = clusterType(node);
        if (shared != null && fits && shared.dtype == dtype && shared.weight + weight(node) <= limit) {
            levels[p] = level;
            homes[p] = shared;
            rows[p] = row;
            shared.weight += weight(node);
            return;
        }
        boolean reduction = kinds[p] == Kind.ROW_REDUCTION;
        rows[p] = reduction;
        enter(p, shared == null ? level : level + 1, dtype,
                Canonical.squeezed((reduction ? node.input(0) : node).shape()), false);
    }

    /** Whether a node can be computed in the loops of the cluster that one of its inputs is computed in. */
    private boolean maps(Expression node, Expression input, Cluster cluster) {
        boolean inputIsRow = rows[at(input)];
        int[] mine = Canonical.squeezed(node.shape());
        int[] theirs = Canonical.squeezed(input.shape());
        return switch (node.op()) {
            case Op.Reduce reduce -> !inputIsRow;
            case Op.Broadcast broadcast -> Arrays.equals(mine, theirs)
                    || inputIsRow && Arrays.equals(mine, cluster.domain) && isPrefix(input.shape(), node.shape(), theirs.length);
            default -> true;
        };
    }

    /** Whether the axes of a repeated shape are, up to axes of extent 1, the first ones of the target. */
    private static boolean isPrefix(Shape shape, Shape target, int length) {
        int seen = 0;
        for (int axis = 0; axis < target.rank(); axis++) {
            if (target.extent(axis) != 1) {
                int own = axis - (target.rank() - shape.rank());
                boolean varies = own >= 0 && shape.extent(own) != 1;
                if (varies != seen < length) {
                    return false;
                }
                seen++;
            }
        }
        return true;
    }

    private boolean isRow(Expression node, Expression input) {
        if (node.op() instanceof Op.Reduce) {
            return true;
        }
        return rows[at(input)] && Arrays.equals(Canonical.squeezed(node.shape()), Canonical.squeezed(input.shape()));
    }

    private void enter(int p, int level, DType dtype, int[] domain, boolean reductions) {
        Key key = new Key(level, dtype, Arrays.stream(domain).boxed().toList(), reductions, groups[p]);
        Cluster cluster = open.get(key);
        int weight = weight(nodes.get(p));
        if (cluster == null || cluster.weight + weight > limit) {
            cluster = new Cluster(clusters.size(), level, dtype, domain, reductions);
            clusters.add(cluster);
            open.put(key, cluster);
        }
        cluster.weight += weight;
        levels[p] = level;
        homes[p] = cluster;
    }

    /** The floating-point type that a node works in, or null for integers and masks alone. */
    private static DType clusterType(Expression node) {
        if (node.dtype().isFloating()) {
            return node.dtype();
        }
        return node.inputs().stream().map(Expression::dtype).filter(DType::isFloating).findFirst().orElse(null);
    }

    /** A rough measure of the code that a node becomes. */
    private static int weight(Expression node) {
        return switch (node.op()) {
            case Op.Map1(Unary function) -> switch (function) {
                case NEG, ABS, SQRT, NOT -> 1;
                case SIGN, FLOOR, CEIL, ROUND -> 6;
                case EXP, EXPM1, LOG, LOG1P, TANH, SIGMOID, SOFTPLUS, SINH, COSH -> 20;
                case SIN, COS, TAN, ASIN, ACOS, ATAN, ERF -> 30;
            };
            case Op.Reduce reduce -> 4;
            case Op.Broadcast broadcast -> 0;
            case Op.Reshape reshape -> 0;
            case Op.StopGradient stop -> 0;
            default -> 1;
        };
    }

    private static boolean isFree(Expression node) {
        return node.op() instanceof Op.Broadcast || node.op() instanceof Op.Reshape || node.op() instanceof Op.StopGradient
                || node.op() instanceof Op.Range || node.op() instanceof Op.Constant;
    }

    private static boolean isCheap(Expression node) {
        return isFree(node) || switch (node.op()) {
            case Op.Map1(Unary function) -> function == Unary.NEG || function == Unary.ABS || function == Unary.NOT;
            case Op.Map2(Binary function) -> function != Binary.DIV && function != Binary.POW;
            case Op.Where where -> true;
            case Op.Cast cast -> true;
            default -> false;
        };
    }

    /** From the end: who needs each value, and so whether it is kept in an array. */
    private void decide() {
        int count = nodes.size();
        List<Set<Cluster>> users = new ArrayList<>(count);
        for (int p = 0; p < count; p++) {
            users.add(null);
        }
        int[] chain = new int[count];
        boolean[] external = new boolean[count];
        required.forEach(node -> external[at(node)] = true);
        for (int p = count - 1; p >= 0; p--) {
            Expression node = nodes.get(p);
            Set<Cluster> needing = users.get(p) == null ? Set.of() : users.get(p);
            switch (kinds[p]) {
                case SOURCE, HOST, KERNEL -> { }
                case ALIAS -> {
                    if (!needing.isEmpty()) {
                        external[at(base(node))] = true;
                    }
                }
                case REDUCTION, ROW_REDUCTION -> {
                    boolean needed = external[p] || !needing.isEmpty();
                    if (needed) {
                        followOnlyUser(p, node, needing, external[p]);
                        kept[p] = external[p] || kinds[p] == Kind.REDUCTION || needing.size() > 1 || !needing.contains(homes[p]);
                        evaluate(node, homes[p], users, chain, 0);
                    }
                }
                case ELEMENT -> {
                    if (external[p]) {
                        kept[p] = !(node.op() instanceof Op.Reshape || node.op() instanceof Op.StopGradient);
                        if (!kept[p]) {
                            external[at(base(node))] = true;
                        }
                    }
                    if (kept[p]) {
                        evaluate(node, homes[p], users, chain, 0);
                    } else if (!needing.isEmpty()) {
                        decideElement(p, node, needing, users, chain);
                        if (kept[p]) {
                            evaluate(node, homes[p], users, chain, 0);
                        }
                    }
                }
            }
            if (kept[p]) {
                homes[p].stores.add(node);
            }
        }
    }

    /** A reduction along the rows that one other loop over the same domain needs moves there. */
    private void followOnlyUser(int p, Expression node, Set<Cluster> needing, boolean external) {
        if (external || kinds[p] != Kind.ROW_REDUCTION || needing.size() != 1) {
            return;
        }
        Cluster only = needing.iterator().next();
        boolean sameLoops = Arrays.equals(only.domain, homes[p].domain) && only.dtype == homes[p].dtype && !only.columns;
        if (only != homes[p] && sameLoops && only.weight + weight(node) <= limit) {
            only.weight += weight(node);
            homes[p] = only;
        }
    }

    /** A value that only loops need: computed where it is needed, or kept. */
    private void decideElement(int p, Expression node, Set<Cluster> needing, List<Set<Cluster>> users, int[] chain) {
        Cluster home = homes[p];
        if (needing.size() == 1) {
            Cluster only = needing.iterator().next();
            boolean samePlace = only == home || only.weight + weight(node) <= limit && size(only.domain) == node.shape().size();
            if (samePlace) {
                only.weight += only == home ? 0 : weight(node);
                evaluate(node, only, users, chain, 0);
                return;
            }
        }
        boolean inline = isFree(node) || isCheap(node) && chain[p] < LONGEST_CHEAP_CHAIN;
        for (Cluster cluster : needing) {
            inline &= cluster == home || cluster.weight + weight(node) <= 2 * limit && readsInstead(node, cluster, users) <= 1;
        }
        if (inline) {
            int length = isFree(node) ? chain[p] : chain[p] + 1;
            for (Cluster cluster : needing) {
                cluster.weight += cluster == home ? 0 : weight(node);
                evaluate(node, cluster, users, chain, length);
            }
        } else {
            kept[p] = true;
        }
    }

    /** How many values a cluster must read, that it would not read anyway, to compute a node instead of reading it. */
    private int readsInstead(Expression node, Cluster cluster, List<Set<Cluster>> users) {
        int reads = 0;
        for (Expression input : node.inputs()) {
            Set<Cluster> known = users.get(at(input));
            boolean small = input.shape().size() < node.shape().size();
            if (kinds[at(input)] != Kind.HOST && !isFree(input) && !small && (known == null || !known.contains(cluster))) {
                reads++;
            }
        }
        return reads;
    }

    private static long size(int[] domain) {
        long size = 1;
        for (int extent : domain) {
            size *= extent;
        }
        return size;
    }

    /** Notes that a cluster computes a node, and so needs its inputs. */
    private void evaluate(Expression node, Cluster cluster, List<Set<Cluster>> users, int[] chain, int length) {
        for (Expression input : node.inputs()) {
            int at = at(input);
            if (users.get(at) == null) {
                users.set(at, new java.util.LinkedHashSet<>(2));
            }
            users.get(at).add(cluster);
            chain[at] = Math.max(chain[at], length);
        }
    }

    // The result

    List<Expression> nodes() {
        return nodes;
    }

    /** The loop nests that have something to store. */
    List<Cluster> clusters() {
        return clusters.stream().filter(cluster -> !cluster.stores.isEmpty()).toList();
    }

    boolean isKernel(Expression node) {
        return kinds[at(node)] == Kind.KERNEL;
    }

    boolean isHost(Expression node) {
        return kinds[at(node)] == Kind.HOST;
    }

    /** Whether a loop writes the value to memory. */
    boolean isStored(Expression node) {
        return kept[at(node)];
    }

    /** Whether the value is read from an array in the loops of this cluster. */
    boolean isLoaded(Expression node, Cluster cluster) {
        int p = at(node);
        return switch (kinds[p]) {
            case SOURCE, KERNEL, ALIAS -> true;
            case HOST -> false;
            case ELEMENT, ROW_REDUCTION, REDUCTION -> kept[p] && homes[p] != cluster;
        };
    }

    int level(Expression node) {
        return levels[at(node)];
    }

    /** The level at which the updates begin. */
    int lateLevel() {
        return lateLevel;
    }
}
