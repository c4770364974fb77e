package com.example.embedding;

import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.plugin.Registrar;

/** Says that there is an optimizer {@code heavy-ball}. */
public final class BallPlugin implements Plugin {
    @Override
    public String id() {
        return "ball";
    }

    @Override
    public void register(Registrar registrar) {
        registrar.optimizer("heavy-ball", HeavyBall.class);
    }
}
