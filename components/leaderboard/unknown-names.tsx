const INSTEAD = {
  category: "all prompts",
  judge: "the votes of people alone",
  prompts: "the metrics of its first prompt set",
};

const NAMES = { category: "category", judge: "judge", prompts: "prompt set" };

/** What a link asked for and is not there. */
export function UnknownNames({ unknown }: { unknown: { field: keyof typeof INSTEAD; value: string }[] }) {
  if (unknown.length === 0) return null;
  return (
    <ul role="status" className="card mb-6 space-y-1 px-4 py-3 text-sm break-words">
      {unknown.map(({ field, value }) => (
        <li key={field}>
          This board has no {NAMES[field]} “{value.length > 60 ? `${value.slice(0, 60)}…` : value}”. It shows{" "}
          {INSTEAD[field]}.
        </li>
      ))}
    </ul>
  );
}
