import type { Operation } from "@/lib/schemas/operations/operation";

export const ARENA_OPERATIONS: Operation[] = [
  {
    method: "post",
    path: "/api/v1/battles",
    id: "createBattle",
    action: "battles.take",
    tag: "Arena",
    summary: "Get a battle",
    description:
      "Two images of one prompt by two models that are not named. The two addresses are relative to the site. Browsers are recognised by a cookie, so that no image comes twice while others remain, and a vote needs the cookie its battle came with; clients without it are someone new each time, which an address may be only so often an hour. With `prompt` of your own, the battle is live: poll it until it is ready.",
    body: "BattleRequest",
    success: { status: 201, description: "The battle.", schema: "Battle" },
    errors: [400, 403, 404, 409, 413, 429, 503],
  },
  {
    method: "get",
    path: "/api/v1/battles/{battleId}",
    id: "getBattle",
    action: "battles.take",
    tag: "Arena",
    summary: "Poll a live battle",
    query: [{ name: "token", required: true, description: "The token the battle came with." }],
    success: { status: 200, description: "The battle as it stands.", schema: "Battle" },
    errors: [400, 401, 403, 404],
  },
  {
    method: "post",
    path: "/api/v1/votes",
    id: "castVote",
    action: "votes.cast",
    tag: "Arena",
    summary: "Vote",
    description:
      "Needs the cookie that the battle came with. Counts once: the same battle again is answered with the stored result, whatever the outcome and the criteria then say.",
    body: "VoteRequest",
    success: {
      status: 200,
      description: "Who made the images, and how the vote moved them.",
      schema: "VoteResult",
    },
    errors: [400, 401, 403, 404, 409, 413, 429],
  },
  {
    method: "get",
    path: "/api/v1/votes/export",
    id: "exportVotes",
    action: "site.read",
    tag: "Arena",
    summary: "Download the vote log",
    description:
      "All votes in the order they were applied: model_a (left), model_b (right), by name, winner, judge (a pseudonym), tstamp, prompt, category, excluded (why a vote is left out of the ratings; empty: it counts), winner_aesthetics, winner_prompt_following, winner_motion, winner_consistency, slug_a, slug_b, images_gone (whose image is held, blurred or removed since; the vote counts on).",
    query: [
      { name: "board", required: true, description: "Slug of the board." },
      { name: "snapshot", description: "Only the votes behind this snapshot, as it saw them." },
      { name: "format", description: "csv unless told.", values: ["csv", "jsonl", "parquet"] },
    ],
    success: {
      status: 200,
      description: "The log.",
      mediaTypes: ["text/csv", "application/jsonl", "application/vnd.apache.parquet"],
    },
    errors: [400, 404, 429],
  },
  {
    method: "get",
    path: "/api/v1/preferences/export",
    id: "exportPreferences",
    action: "site.read",
    tag: "Arena",
    summary: "Download preference pairs",
    description:
      "Pairs of samples of one prompt of which people chose one: the counted, decisive votes on both added up, ties and pairs with as many votes for each left out. prompt_key, prompt, category; for chosen and rejected each its sample's id, model, sha256, image (an address, null where you may not open it) and votes. Samples of prompts in the arena are left out for everyone but who runs the board; the header X-Rows-Held-Back says how many pairs.",
    query: [
      { name: "board", required: true, description: "Slug of the board." },
      { name: "format", description: "jsonl unless told.", values: ["jsonl", "parquet"] },
    ],
    success: {
      status: 200,
      description: "The pairs.",
      mediaTypes: ["application/jsonl", "application/vnd.apache.parquet"],
    },
    errors: [400, 404, 429],
  },
];
