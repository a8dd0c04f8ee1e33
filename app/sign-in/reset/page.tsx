import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { NewPassword } from "@/components/account/by-mail";
import { MailForm } from "@/components/account/ways-in";
import { Messages } from "@/components/messages";
import { signInChoices } from "@/lib/accounts/sign-in-choices";
import { single } from "../../search";

export const dynamic = "force-dynamic";
/** The address may be a key: it goes into no index and to no other site. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("newPassword"), robots: { index: false }, referrer: "no-referrer" };
}

export default async function ResetPage({ searchParams }: PageProps<"/sign-in/reset">) {
  const t = await getTranslations("account");
  const token = single((await searchParams).token);
  if (!signInChoices().mail) notFound();
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("newPassword")}</h1>
      <div className="mt-8 max-w-md">
        <Messages areas={["account"]}>
          {token === undefined ? (
            <MailForm action="reset/send" sent="reset.sent" />
          ) : (
            <NewPassword token={token} />
          )}
        </Messages>
      </div>
    </div>
  );
}
