import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConfirmAddress } from "@/components/account/by-mail";
import { Messages } from "@/components/messages";
import { single } from "../../search";

export const dynamic = "force-dynamic";
/** The address is a key: it goes into no index and to no other site. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("confirm.title"), robots: { index: false }, referrer: "no-referrer" };
}

export default async function ConfirmPage({ searchParams }: PageProps<"/sign-in/confirm">) {
  const t = await getTranslations("account.confirm");
  const { token } = await searchParams;
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">{t("about")}</p>
      <div className="mt-8 max-w-md">
        <Messages areas={["account"]}>
          <ConfirmAddress token={single(token) ?? ""} />
        </Messages>
      </div>
    </div>
  );
}
