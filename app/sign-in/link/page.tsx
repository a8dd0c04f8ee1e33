import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UseLink } from "@/components/account/by-mail";
import { Messages } from "@/components/messages";
import { single } from "../../search";

export const dynamic = "force-dynamic";
/** The address is a key: it goes into no index and to no other site. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("signIn.title"), robots: { index: false }, referrer: "no-referrer" };
}

export default async function LinkPage({ searchParams }: PageProps<"/sign-in/link">) {
  const t = await getTranslations("account.signIn");
  const { token, from } = await searchParams;
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 mb-8 max-w-2xl">{t("press")}</p>
      <Messages areas={["account"]}>
        <UseLink token={single(token) ?? ""} from={single(from) ?? ""} />
      </Messages>
    </div>
  );
}
