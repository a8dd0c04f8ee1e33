import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentAsker, requirePage } from "@/app/page-access";
import { TokenRoom } from "@/components/account/token-room";
import { Messages } from "@/components/messages";
import { listTokens } from "@/lib/api-tokens/manage-tokens";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("tokens.title"), robots: { index: false } };
}

export default async function TokensPage() {
  await requirePage("tokens.manage");
  const t = await getTranslations("account.tokens");
  const { voterId } = await currentAsker();
  const tokens = voterId === null ? [] : await listTokens({ voterId, now: Date.now() });
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">
        {t.rich("about", { code: (chunks) => <code translate="no">{chunks}</code> })}
      </p>
      <Messages areas={["account"]}>
        <TokenRoom initial={{ tokens }} />
      </Messages>
    </div>
  );
}
