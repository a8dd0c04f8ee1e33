import fc from "fast-check";

/**
 * Property tests draw the same examples at every run, so that a change is judged by itself. Other examples:
 * `PROPERTY_SEED=7 npm run test:unit`; a failure prints its counterexample, which then becomes a test of its own.
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });
