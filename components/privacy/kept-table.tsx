import type { PrivacyPage } from "@/lib/schemas/accounts/privacy";

/** What is kept of people, and how long. */
export function KeptTable({ retention }: { retention: PrivacyPage["retention"] }) {
  const { addressHashes, abandonedBattles, sessions } = retention;
  const rows = [
    [
      "A cookie",
      "A random id, by which your votes and what you brought are known. A year in your browser; on the site as long as you have votes or anything else here.",
    ],
    ["The language that you chose", "A cookie of one word. A year in your browser, nowhere on the site."],
    ["Votes", "For good: rankings are computed from them. Exported under a pseudonym."],
    ["Comparisons shown to you that you left without a vote", `${abandonedBattles} days.`],
    [
      "Prompts that you wrote in the arena, with their images",
      "As long as the vote on them; without one as above. They are in no export of votes.",
    ],
    ["Tests of an endpoint before you submit it", "A day: its address and what was found, never its key."],
    ["Prompts drawn on the page on the stack", "A day, for who knows the address."],
    [
      "Network addresses",
      `Never in clear. A keyed hash stays ${addressHashes} days with votes, what you brought and what you changed, so that stuffed votes are found; then it is erased and the key changes. An erasure does not shorten this.`,
    ],
    ["Counts by which requests are limited", "Up to an hour, by id and by hash of the address."],
    [
      "An account",
      `E-mail address, name, and a hash of the password, until it is deleted. Where you are signed in, with the browser's name: ${sessions} days.`,
    ],
    ["The log of changes", "For good, by ids alone: no name, no e-mail address."],
  ];
  return (
    <section className="mt-12 max-w-3xl" aria-labelledby="kept-heading">
      <h2 id="kept-heading" className="text-xl">
        What is kept, and how long
      </h2>
      <dl className="mt-4 grid gap-4 text-sm">
        {rows.map(([what, howLong]) => (
          <div key={what} className="grid gap-1">
            <dt className="font-medium">{what}</dt>
            <dd className="text-muted">{howLong}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
