import { vi } from "vitest";

/*
 * Test files of one project share a process, so that libraries are loaded, and compiled, once for all of them. Salon's own modules,
 * which keep settings and caches, and the environment begin anew with each file.
 */
const kept = globalThis as { environmentOfTests?: NodeJS.ProcessEnv };
kept.environmentOfTests ??= { ...process.env };
for (const name of Object.keys(process.env)) delete process.env[name];
Object.assign(process.env, kept.environmentOfTests);
vi.resetModules();
