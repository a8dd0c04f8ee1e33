import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ComeIn } from "@/components/boards/come-in";
import { Messages } from "@/components/messages";

export const dynamic = "force-dynamic";

/** The address is a key: it goes into no index and to no other site. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("boards.invite");
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" };
}

export default async function InvitePage({ params }: PageProps<"/invite/[token]">) {
  const { token } = await params;
  const t = await getTranslations("boards.invite");
  return (
    <div className="page flex flex-col items-center py-20 text-center">
      <h1 className="text-4xl">{t("heading")}</h1>
      <p className="text-muted mt-4 max-w-xl">{t("about")}</p>
      <Messages areas={["boards"]}>
        <ComeIn token={token} />
      </Messages>
    </div>
  );
}
