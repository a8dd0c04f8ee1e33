import type { useTranslations } from "next-intl";
import { z } from "zod";
import { formResolver } from "@/components/forms/form-resolver";
import { shownName } from "@/lib/schemas/shown-name";

/** The form as its inputs hold it. */
export type UploadValues = {
  file: FileList | undefined;
  name: string;
  encoder: string;
  resize: "" | "clean" | "torch" | "tf1";
  n: string;
};

/** Whether a file holds statistics, and not samples. */
export const isStatistics = (file: File | undefined) => /\.npz$/i.test(file?.name ?? "");

export type Upload = z.output<ReturnType<typeof uploadOf>>;

type Translations = ReturnType<typeof useTranslations<"references">>;

/** A file, and the query that goes with it. */
const uploadOf = (t: Translations, megabytes: number) =>
  z.object({
    file: z
      .instanceof(File, { error: t("upload.noFile") })
      .refine(({ size }) => size > 0, t("upload.empty"))
      .refine(({ size }) => size <= megabytes * 2 ** 20, {
        error: ({ input }) =>
          t("upload.tooLarge", { mib: Math.ceil((input as File).size / 2 ** 20), most: megabytes }),
      }),
    name: shownName,
    encoder: z.string(),
    resize: z.string().optional(),
    n: z.number().int().min(2).max(100_000_000).optional(),
  });

/** @param megabytes the largest file that the site takes, in MiB */
export const uploadResolver = (t: Translations, megabytes: number) =>
  formResolver<UploadValues, Upload>(
    ({ file: files, name, encoder, resize, n }) => {
      const file = files?.[0];
      return {
        file,
        name,
        encoder,
        resize: resize || undefined,
        n: isStatistics(file) && n.trim() !== "" ? Number(n) : undefined,
      };
    },
    uploadOf(t, megabytes),
    {
      name: t("upload.noName"),
      n: t("upload.notWhole"),
    },
  );
