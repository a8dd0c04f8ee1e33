import type { Action } from "@/lib/access/actions";

/** Every page, as app/ names it, with what it is for. Where one is for more than looking, it asks for that (requirePage). */
export const PAGES: Record<string, Action> = {
  "/": "site.read",
  // It leads to /sign-in by itself.
  "/account": "public.read",
  "/account/tokens": "tokens.manage",
  // It lists the pages below that one may open.
  "/admin": "site.run",
  "/admin/queue": "queue.manage",
  "/agreement": "site.read",
  // What it offers depends on the board: it says itself who may not vote.
  "/arena": "site.read",
  "/audit": "audit.see",
  "/boards": "site.read",
  "/boards/[slug]/settings": "boards.edit",
  "/boards/new": "boards.create",
  "/comparisons": "site.read",
  "/comparisons/[id]": "site.read",
  "/comparisons/[id]/vote": "comparisons.vote",
  "/comparisons/join/[token]": "public.read",
  "/docs/api": "public.read",
  "/docs/methods": "public.read",
  "/invite/[token]": "public.read",
  "/judges": "site.read",
  "/judges/[slug]": "site.read",
  "/judges/questions": "site.read",
  "/leaderboard": "site.read",
  "/leaderboard/[board]": "site.read",
  "/models": "site.read",
  "/models/[slug]": "site.read",
  "/prompts": "site.read",
  "/prompts/[slug]": "site.read",
  "/prompts/new": "prompts.import",
  "/references": "site.read",
  "/reports": "samples.moderate",
  "/runs": "site.read",
  "/runs/[id]": "site.read",
  "/settings": "settings.see",
  "/setup": "public.read",
  "/sign-in": "public.read",
  "/sign-in/confirm": "public.read",
  "/sign-in/link": "public.read",
  "/sign-in/reset": "public.read",
  "/sign-up": "public.read",
  "/shared/[token]": "links.open",
  "/stack": "site.read",
  "/stack/[part]": "site.read",
  "/submit": "models.submit",
  "/submit/samples": "samples.upload",
  "/votes": "votes.manage",
};

/** Every address outside the API, for files and programs, read but where a method stands before it. Those of the API name their action in lib/schemas/operations. */
export const FILES: Record<string, Action> = {
  // Ways in; what changes an account asks for its session.
  "POST /api/auth/[...action]": "public.read",
  "/api/auth/callback/oidc": "public.read",
  "/api/health": "public.read",
  "/api/openapi.json": "public.read",
  "/api/refused/[why]": "public.read",
  // By an address that only its battle's answer gives out.
  "/media/battles/[battleId]/[side]": "public.read",
  "/media/comparisons/[pairId]/[part]": "site.read",
  "/media/demos/[demoId]/[part]": "public.read",
  "/media/drawings/[drawingId]/[model]": "public.read",
  "/media/moderation/[sampleId]": "samples.moderate",
  "/media/prompts/[promptId]/[part]": "site.read",
  "/media/reconstructions/[hash]": "public.read",
  "/media/references/[referenceId]/[index]": "site.read",
  "/media/samples/[sampleId]": "site.read",
  "/media/shared/[token]/[sampleId]": "links.open",
};
