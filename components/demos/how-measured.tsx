import { useTranslations } from "next-intl";
import Link from "next/link";

/** Where the measurements of /stack are explained. */
export function HowMeasured({ what = "images" }: { what?: "images" | "clips" }) {
  const t = useTranslations("demos");
  return (
    <p className="text-muted mt-16">
      {t.rich("howMeasured", {
        what,
        link: (chunks) => (
          <Link href="/docs/methods" className="link">
            {chunks}
          </Link>
        ),
      })}
    </p>
  );
}
