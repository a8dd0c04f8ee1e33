import { UNKNOWN } from "@/components/format";

/** What somebody said, or a date: the same in every language, or written in the page's already. */
export function Said({ text }: { text: string | null | undefined }) {
  return <span translate="no">{text ?? UNKNOWN}</span>;
}
