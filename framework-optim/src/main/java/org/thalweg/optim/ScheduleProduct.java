package org.thalweg.optim;

import java.util.List;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.training.TrainingListener.EpochEnded;

/**
 * Several schedules at once: their factors are multiplied, as in PyTorch's ChainedScheduler.
 *
 * @param schedules any number; none is the factor 1
 */
@Description("Several schedules at once, multiplied.")
@Guide(
        formula = "the product of the schedules",
        use = "For a schedule on top of another, as warm-up on a fall.",
        source = "As PyTorch's ChainedScheduler.")
public record ScheduleProduct(
        @Description("The schedules whose factors are multiplied.") List<Schedule> schedules)
        implements Schedule {

    /** Keeps a copy. */
    public ScheduleProduct {
        schedules = List.copyOf(schedules);
    }

    @Override
    public double factor(long step) {
        double product = 1;
        for (Schedule schedule : schedules) {
            product *= schedule.factor(step);
        }
        return product;
    }

    @Override
    public Course start() {
        Course[] courses = schedules.stream().map(Schedule::start).toArray(Course[]::new);
        return new Course() {
            @Override
            public double factor(long step) {
                double product = 1;
                for (Course course : courses) {
                    product *= course.factor(step);
                }
                return product;
            }

            @Override
            public void afterEpoch(EpochEnded epoch) {
                for (Course course : courses) {
                    course.afterEpoch(epoch);
                }
            }
        };
    }
}
