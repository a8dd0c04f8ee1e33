import { vi } from "vitest";

/*
 * Test files of one project share a process, so that libraries are loaded, and compiled, once for all of them. Salon's own modules,
 * which keep settings and caches, the environment and the site's connection begin anew with each file.
 */
const kept = globalThis as { environmentOfTests?: NodeJS.ProcessEnv; salonDb?: unknown };
kept.environmentOfTests ??= { ...process.env };
for (const name of Object.keys(process.env)) delete process.env[name];
Object.assign(process.env, kept.environmentOfTests);
delete kept.salonDb;
vi.resetModules();
