import { useTranslations } from "next-intl";

type Field = "category" | "judge" | "prompts";

/** What a link asked for and is not there. */
export function UnknownNames({ unknown }: { unknown: { field: Field; value: string }[] }) {
  const t = useTranslations("leaderboard.unknown");
  if (unknown.length === 0) return null;
  return (
    <ul role="status" className="card mb-6 space-y-1 px-4 py-3 text-sm break-words">
      {unknown.map(({ field, value }) => (
        <li key={field}>{t(field, { value: value.length > 60 ? `${value.slice(0, 60)}…` : value })}</li>
      ))}
    </ul>
  );
}
