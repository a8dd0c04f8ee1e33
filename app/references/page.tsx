import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentAsker, offer } from "@/app/page-access";
import { Messages } from "@/components/messages";
import { ReferenceRoom } from "@/components/references/reference-room";
import { listReferences } from "@/lib/references/list-references";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("references");
  return { title: t("title"), description: t("description") };
}

export default async function ReferencesPage() {
  const t = await getTranslations("references");
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">{t("about")}</p>
      <Messages areas={["references"]}>
        <ReferenceRoom
          adding={await offer("references.add")}
          mayUse={(await offer("references.use")).kind === "open"}
          initial={await listReferences(await currentAsker())}
        />
      </Messages>
    </div>
  );
}
