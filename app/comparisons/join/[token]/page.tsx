import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { JoinComparison } from "@/components/comparisons/join";
import { Messages } from "@/components/messages";

export const dynamic = "force-dynamic";
/** The address is a key: it goes into no index and to no other site. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("comparisons.join");
  return { title: t("tab"), robots: { index: false }, referrer: "no-referrer" };
}

export default async function JoinComparisonPage({ params }: PageProps<"/comparisons/join/[token]">) {
  const t = await getTranslations("comparisons.join");
  const { token } = await params;
  return (
    <div className="page flex flex-col items-center py-20 text-center">
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-4 max-w-xl">{t("about")}</p>
      <Messages areas={["comparisons"]}>
        <JoinComparison token={token} />
      </Messages>
    </div>
  );
}
