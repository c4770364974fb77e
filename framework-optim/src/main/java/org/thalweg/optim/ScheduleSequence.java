package org.thalweg.optim;

import java.util.List;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;
import org.thalweg.api.training.TrainingListener.EpochEnded;

/**
 * Schedules one after another, as PyTorch's SequentialLR: the first until the first milestone, the next from there, counting its steps from
 * 0, and so on.
 *
 * @param schedules in their order; at least one
 * @param milestones after how many steps of the run each schedule but the first begins; increasing, one fewer than schedules
 */
@Description("Schedules one after another.")
@Guide(
        formula = "the schedule whose turn it is, from its own start",
        use = "For phases of different kinds.",
        source = "As PyTorch's SequentialLR.")
public record ScheduleSequence(
        @Description("The schedules in their order.") List<Schedule> schedules,
        @Description("After how many steps of the run each schedule but the first begins.") @Min(0) List<Long> milestones)
        implements Schedule {

    /** Checks that there is a milestone between any two schedules, and that they increase. */
    public ScheduleSequence {
        schedules = List.copyOf(schedules);
        milestones = List.copyOf(milestones);
        if (schedules.size() != milestones.size() + 1) {
            throw new IllegalArgumentException("needs one milestone fewer than schedules, but there are " + schedules.size()
                    + " schedules and " + milestones.size() + " milestones");
        }
        for (int i = 1; i < milestones.size(); i++) {
            if (milestones.get(i) <= milestones.get(i - 1)) {
                throw new IllegalArgumentException("milestones must increase, but are " + milestones);
            }
        }
    }

    @Override
    public double factor(long step) {
        int active = active(step);
        return schedules.get(active).factor(step - beginning(active));
    }

    private int active(long step) {
        int active = 0;
        while (active < milestones.size() && step >= milestones.get(active)) {
            active++;
        }
        return active;
    }

    private long beginning(int schedule) {
        return schedule == 0 ? 0 : milestones.get(schedule - 1);
    }

    /** Each part hears of the epochs that end while it is active. */
    @Override
    public Course start() {
        List<Course> courses = schedules.stream().map(Schedule::start).toList();
        return new Course() {
            @Override
            public double factor(long step) {
                int active = active(step);
                return courses.get(active).factor(step - beginning(active));
            }

            @Override
            public void afterEpoch(EpochEnded epoch) {
                courses.get(active(Math.max(0, epoch.step() - 1))).afterEpoch(epoch);
            }
        };
    }
}
