import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { currentAsker, offer } from "@/app/page-access";
import { JudgeRoom } from "@/components/judges/judge-room";
import { Messages } from "@/components/messages";
import { listJudges } from "@/lib/judges/list-judges";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("judges");
  return { title: t("title"), description: t("description") };
}

export default async function JudgesPage() {
  const t = await getTranslations("judges");
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">
        {t.rich("about", {
          link: (chunks) => (
            <Link href="/judges/questions" className="link">
              {chunks}
            </Link>
          ),
        })}
      </p>
      <Messages areas={["judges"]}>
        <JudgeRoom
          initial={await listJudges(await currentAsker())}
          adding={await offer("judges.add")}
          mayAdmit={(await offer("judges.admit")).kind === "open"}
        />
      </Messages>
    </div>
  );
}
