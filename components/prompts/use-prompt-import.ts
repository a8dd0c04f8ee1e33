import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { asApiError } from "@/components/api-client";
import { sendPrompts } from "@/components/prompts/send-prompts";
import type { PromptImport, PromptPreview, PromptSetList } from "@/lib/schemas/prompt-sets";

export type PromptSource = "file" | "text";

/**
 * What a visitor has chosen to import, what Salon reads in it, and the import itself. A preview is of what is chosen at that moment:
 * any other choice takes it away.
 * @param follows the set of which this becomes the next version; null makes a new set
 */
export function usePromptImport({
  limits,
  follows,
}: {
  limits: PromptSetList["limits"];
  follows: { slug: string } | null;
}) {
  const t = useTranslations("prompts.import");
  const sending = useTranslations("site.sending");
  const router = useRouter();
  const [source, setSource] = useState<PromptSource>("file");
  const [file, setFile] = useState<File | null>(null);
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [category, setCategory] = useState("");
  const [busy, setBusy] = useState<"preview" | "import" | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [preview, setPreview] = useState<PromptPreview | null>(null);
  // A preview that comes late is not of what is chosen by then.
  const asked = useRef(0);

  const body = source === "file" ? file : text;
  const isEmpty = source === "file" ? file === null : text.trim() === "";
  const address = (extra: Record<string, string>) => {
    const query = new URLSearchParams({
      file: source === "file" ? (file?.name ?? "prompts.txt") : "pasted.txt",
      ...(category.trim() && { category: category.trim() }),
      ...extra,
    });
    return `/api/v1/prompt-sets${follows ? `/${follows.slug}/versions` : ""}?${query}`;
  };
  const change = (next: () => void) => {
    asked.current++;
    setPreview(null);
    setProblem(null);
    next();
  };
  const choose = (chosen: File | null) => {
    if (chosen && chosen.size > limits.megabytes * 2 ** 20) {
      return change(() => {
        setFile(null);
        setProblem(t("tooLarge", { mib: Math.ceil(chosen.size / 2 ** 20), most: limits.megabytes }));
      });
    }
    change(() => setFile(chosen));
    if (chosen && name === "") setName(chosen.name.replace(/\.\w+$/, "").slice(0, 80));
  };
  const read = async () => {
    if (isEmpty || body === null) return setProblem(t(source === "file" ? "noFile" : "noText"));
    const turn = ++asked.current;
    setBusy("preview");
    setProblem(null);
    try {
      const seen = await sendPrompts<PromptPreview>(sending, address({ preview: "1" }), body);
      if (turn === asked.current) setPreview(seen);
    } catch (thrown) {
      if (turn === asked.current) setProblem(asApiError(thrown).message);
    } finally {
      setBusy(null);
    }
  };
  const importAll = async () => {
    if (preview === null || body === null) return;
    if (!follows && name.trim() === "") return setProblem(t("noName"));
    setBusy("import");
    setProblem(null);
    try {
      const extra = { ...(!follows && { name: name.trim() }), ...(preview.errors > 0 && { skip: "1" }) };
      const { slug } = await sendPrompts<PromptImport>(sending, address(extra), body);
      router.push(`/prompts/${slug}`);
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
      setBusy(null);
    }
  };
  return {
    ...{ source, file, text, name, category, busy, problem, preview },
    setSource: (next: PromptSource) => change(() => setSource(next)),
    setText: (next: string) => change(() => setText(next)),
    setCategory: (next: string) => change(() => setCategory(next)),
    ...{ setName, choose, read, importAll },
  };
}
