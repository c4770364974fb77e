package org.thalweg.autodiff.compile;

import org.thalweg.api.tensor.DType;

/**
 * What {@link ElementaryFunctions} must know of a floating-point type: its layout, the ends of its ranges, constants in several parts, and
 * the coefficients of its polynomials (lowest power first).
 *
 * <p>The polynomials are minimax fits, made for this class with the Remez exchange in 60 digits; in FLOAT32 most were fitted again after
 * each rounding of one coefficient. A constant in parts, for instance pi/2 = halfPi[0] + halfPi[1] + halfPi[2], is the nearest number, the
 * nearest to what is left, and so on.
 *
 * @param fractionBits bits of the significand that are stored
 * @param oneBits the bits of 1
 * @param signMask the sign bit alone
 * @param rootHalfBits the bits of sqrt(1/2)
 * @param shifter 1.5 * 2^fractionBits: adding it rounds a number to the nearest integer, which then stands in the lowest bits
 * @param shifterBits the bits of the shifter
 * @param smallestNormal the smallest number with a full significand
 * @param tiny below it, x^2 is lost beside x
 * @param expLowest exp is 0 from here down, without passing through subnormal numbers
 * @param expHighest exp is infinite from here up
 * @param expm1Lowest expm1 is -1 from here down
 * @param expm1Highest expm1 and sinh are infinite from here up
 * @param erfHighest erf is 1 from here up
 * @param angleHighest the largest angle that sin, cos and tan reduce
 * @param twoLog2 2 ln 2 in two parts
 * @param log2 ln 2 in two parts
 * @param quarterPi pi/4 in two parts
 * @param halfPi pi/2 in three parts
 * @param exp (e^r - 1 - r) / r^2 for |r| &lt;= ln 2
 * @param expm1 (e^r - 1 - r) / r^2 for |r| &lt;= ln(2)/2
 * @param log in f, (log(1 + f) - f + f^2/2) / f^3 (FLOAT32); in s^2, (log((1 + s) / (1 - s)) - 2s) / s^3 (FLOAT64)
 * @param sin in r^2, (sin r - r) / r^3 for |r| &lt;= pi/4
 * @param cos in r^2, (cos r - 1 + r^2/2) / r^4 for |r| &lt;= pi/4
 * @param atan in t^2, (atan t - t) / t^3 for |t| &lt;= tan(pi/8)
 * @param asin in s^2, (asin s - s) / s^3 for |s| &lt;= 1/2
 * @param erfNear in x^2, erf(x) / x - 1 for |x| &lt;= 1
 * @param erfFar log(1 - erf(x)) for 1 &lt;= x &lt;= erfHighest, most exact where 1 - erf(x) is largest
 */
record ElementaryConstants(
        int fractionBits,
        long oneBits,
        long signMask,
        long rootHalfBits,
        double shifter,
        long shifterBits,
        double smallestNormal,
        double tiny,
        double expLowest,
        double expHighest,
        double expm1Lowest,
        double expm1Highest,
        double erfHighest,
        double angleHighest,
        double[] twoLog2,
        double[] log2,
        double[] quarterPi,
        double[] halfPi,
        double[] exp,
        double[] expm1,
        double[] log,
        double[] sin,
        double[] cos,
        double[] atan,
        double[] asin,
        double[] erfNear,
        double[] erfFar) {

    private static final ElementaryConstants SINGLE = new ElementaryConstants(
            23,
            0x3F800000L,
            Integer.MIN_VALUE,
            0x3F3504F3L,
            0x1.8p23,
            0x4B400000L,
            0x1p-126,
            0x1p-25,
            -176,
            90,
            -18,
            89.5,
            4,
            0x1p17,
            new double[] {1.3862943649291992, -3.809308424251867e-09},
            new double[] {0.6931471824645996, -1.9046542121259336e-09},
            new double[] {0.7853981852531433, -2.1855694143368964e-08},
            new double[] {1.5707963705062866, -4.371138828673793e-08, -1.7151245100058819e-15},
            new double[] {
                0.5000003576278687, 0.1666661649942398, 0.041661154478788376, 0.00833593588322401, 0.0014106351882219315,
                0.00019633580814115703
            },
            new double[] {0.4999999701976776, 0.16666539013385773, 0.04166777431964874, 0.008367144502699375, 0.0013833825942128897},
            new double[] {
                0.3333333134651184, -0.2500079274177551, 0.20001304149627686, -0.16624216735363007, 0.14200976490974426,
                -0.13152119517326355, 0.1276257485151291, -0.07654666900634766
            },
            new double[] {-0.16666655242443085, 0.00833218451589346, -0.0001951721787918359},
            new double[] {0.04166664555668831, -0.00138873013202101, 2.4430670237052254e-05},
            new double[] {-0.33332955837249756, 0.1997794806957245, -0.13880085945129395, 0.08061037212610245},
            new double[] {0.16666753590106964, 0.07495252043008804, 0.0454760380089283, 0.0241521168500185, 0.042211782187223434},
            new double[] {
                0.12837912142276764, -0.3761231303215027, 0.11280016601085663, -0.02670518308877945, 0.0049088518135249615,
                -0.000559010251890868
            },
            new double[] {
                -0.0003537522570695728, -1.1270397901535034, -0.6382262706756592, -0.10303669422864914, 0.021804919466376305,
                -0.0029394885059446096, 0.00018555995484348387
            });

    private static final ElementaryConstants DOUBLE = new ElementaryConstants(
            52,
            0x3FF0000000000000L,
            Long.MIN_VALUE,
            0x3FE6A09E667F3BCDL,
            0x1.8p52,
            0x4338000000000000L,
            0x1p-1022,
            0x1p-54,
            -1418,
            712,
            -38,
            710.5,
            6,
            0x1p40,
            new double[] {1.3862943611198906, 4.638093627692599e-17},
            new double[] {0.6931471805599453, 2.3190468138462996e-17},
            new double[] {0.7853981633974483, 3.061616997868383e-17},
            new double[] {1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33},
            new double[] {
                0.5, 0.16666666666667945, 0.041666666666679106, 0.00833333333302046, 0.0013888888885869464, 0.00019841270106038273,
                2.480158984826604e-05, 2.7557218391468576e-06, 2.755634722678122e-07, 2.5069729259512884e-08, 2.104883860037074e-09,
                1.4945972292721862e-10
            },
            new double[] {
                0.5000000000000006, 0.16666666666666638, 0.041666666666571386, 0.008333333333345213, 0.0013888888933511854,
                0.00019841269844084422, 2.480150276063227e-05, 2.755726984420746e-06, 2.7627092192874127e-07, 2.5105495772175882e-08
            },
            new double[] {
                0.6666666666666734, 0.39999999999416536, 0.28571428742067195, 0.22222198599827347, 0.18183563175853248,
                0.15314075351502293, 0.14795739076530237
            },
            new double[] {
                -0.16666666666666632, 0.008333333333322474, -0.00019841269829837843, 2.7557313698262945e-06, -2.5050758653426844e-08,
                1.589680673628655e-10
            },
            new double[] {
                0.0416666666666666, -0.0013888888888874463, 2.4801587289658787e-05, -2.7557314395840274e-07, 2.087572839582074e-09,
                -1.1359880128956448e-11
            },
            new double[] {
                -0.333333333333332, 0.19999999999953824, -0.1428571428022137, 0.11111110784728023, -0.09090897794526939,
                0.07692060868824946, -0.06663111412179015, 0.05847942008073901, -0.05039537104401644, 0.03807031797381898,
                -0.017913340311728074
            },
            new double[] {
                0.16666666666665383, 0.075000000003429, 0.04464285682359751, 0.030381959326667367, 0.022371753630294793,
                0.01735976952913073, 0.013884613734782543, 0.012173181211181756, 0.0065112680827625795, 0.0195727983757838,
                -0.016292380175407295, 0.031957837409973926
            },
            new double[] {
                0.12837916709551256, -0.3761263890318334, 0.11283791670936538, -0.02686617064186945, 0.005223977595842787,
                -0.0008548325436238726, 0.00012055278899941172, -1.4924432936261229e-05, 1.6443728343169341e-06,
                -1.6180654080292462e-07, 1.3601957832837321e-08, -7.579936754248322e-10
            },
            new double[] {
                -1.8417205835029856e-06, -1.1283616052201233, -0.636697601798126, -0.10255980229054522, 0.01872674834401841,
                0.0007638258236600913, -0.0022742918084077295, 0.0010515522461953981, -0.00030722745108352863, 6.268579024891658e-05,
                -8.57811475996039e-06, 6.144699871042182e-07, 2.0661390050093334e-08, -9.768916185576064e-09, 9.374036559509342e-10,
                -3.3607131383124965e-11
            });

    /** The constants of FLOAT32 or FLOAT64. */
    static ElementaryConstants of(DType dtype) {
        return switch (dtype) {
            case FLOAT32 -> SINGLE;
            case FLOAT64 -> DOUBLE;
            case INT32, BOOL -> throw new IllegalArgumentException("elementary functions need FLOAT32 or FLOAT64, not " + dtype);
        };
    }

    /** The bits of 2^power. */
    long powerOfTwoBits(int power) {
        return oneBits + ((long) power << fractionBits);
    }
}
