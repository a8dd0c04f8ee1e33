import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { WaysIn } from "@/components/account/ways-in";
import { Messages } from "@/components/messages";
import { signInChoices } from "@/lib/accounts/sign-in-choices";
import { sitePath } from "@/lib/schemas/accounts/accounts";
import { single } from "../search";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("signIn.title"), robots: { index: false } };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const t = await getTranslations("account.signIn");
  const { next, error } = await searchParams;
  const path = sitePath.safeParse(single(next));
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">{t("about")}</p>
      {error !== undefined && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 max-w-md rounded-md px-4 py-3 text-sm">
          {t("failed")}
        </p>
      )}
      <div className="mt-10 max-w-md">
        <Messages areas={["account"]}>
          <WaysIn choices={signInChoices()} next={path.success ? path.data : "/account"} />
        </Messages>
      </div>
    </div>
  );
}
