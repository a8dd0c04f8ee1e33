"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { FormProvider, useForm, useFormContext } from "react-hook-form";
import { ChoiceField } from "@/components/forms/choice-field";
import { FormProblem } from "@/components/forms/form-problem";
import { reportError } from "@/components/forms/report-error";
import { FieldNote, TextField } from "@/components/forms/text-field";
import { uploadFile } from "@/components/references/upload-file";
import {
  isStatistics,
  uploadResolver,
  type Upload,
  type UploadValues,
} from "@/components/references/upload-values";
import { useFormat } from "@/components/use-format";

/** Adds a set from an archive of images or videos, or a file of statistics; the bytes go up with a progress bar. */
export function UploadForm({
  megabytes,
  encoders,
  videoEncoders,
  onAdded,
}: {
  megabytes: number;
  encoders: string[];
  videoEncoders: string[];
  onAdded: () => void;
}) {
  const t = useTranslations("references");
  const sending = useTranslations("site.sending");
  const format = useFormat();
  const form = useForm<UploadValues, unknown, Upload>({
    defaultValues: { name: "", encoder: encoders[0], resize: "", n: "" },
    resolver: useMemo(() => uploadResolver(t, megabytes), [t, megabytes]),
    reValidateMode: "onSubmit",
  });
  const { isSubmitting } = form.formState;
  const [share, setShare] = useState(0);

  const send = form.handleSubmit(async ({ file, n, ...rest }) => {
    setShare(0);
    try {
      const query = new URLSearchParams(
        Object.entries({ ...rest, n: n?.toString() }).filter(
          (entry): entry is [string, string] => entry[1] !== undefined,
        ),
      );
      await uploadFile(sending, `/api/v1/references?${query}`, file, setShare);
      form.reset({ ...form.getValues(), file: undefined, name: "", n: "" });
      onAdded();
    } catch (thrown) {
      reportError(form, thrown);
    }
  });

  return (
    <section className="mt-14 max-w-2xl" aria-labelledby="add">
      <h2 id="add" className="text-2xl">
        {t("upload.title")}
      </h2>
      <p className="text-muted mt-2 text-sm">
        {t("upload.about", { videos: videoEncoders.length > 0 ? "yes" : "no", mib: megabytes })}
      </p>
      <FormProvider {...form}>
        <form className="card mt-5 grid gap-4 p-5" noValidate onSubmit={(event) => void send(event)}>
          <FileField />
          <SetFields encoders={encoders} videoEncoders={videoEncoders} />
          <FormProblem />
          <div className="flex flex-wrap items-center gap-4">
            <button type="submit" className="button-primary" disabled={isSubmitting}>
              {t(isSubmitting ? "upload.uploading" : "upload.upload")}
            </button>
            {isSubmitting && (
              <progress
                className="accent-accent h-2 w-48"
                value={share}
                max={1}
                aria-label={t("upload.upload")}
              >
                {format.percent(share)}
              </progress>
            )}
          </div>
        </form>
      </FormProvider>
    </section>
  );
}

function FileField() {
  const t = useTranslations("references.upload");
  const { register, trigger, getValues, setValue, clearErrors, formState } = useFormContext<UploadValues>();
  const error = formState.errors.file?.message;
  const chosen = () => {
    clearErrors("file");
    const file = getValues("file")?.[0];
    if (!file) return;
    if (getValues("name") === "") setValue("name", file.name.replace(/\.(zip|tar|npz)$/i, "").slice(0, 80));
    // What is too large is said before the rest is filled in.
    void trigger("file");
  };
  return (
    <div className="text-sm">
      <label htmlFor="set-file" className="block font-medium">
        {t("file")}
      </label>
      <input
        {...register("file", { onChange: chosen })}
        id="set-file"
        type="file"
        required
        accept=".zip,.tar,.npz"
        className="field mt-1.5"
        aria-invalid={Boolean(error)}
        aria-describedby={error ? "set-file-hint" : undefined}
      />
      <FieldNote id="set-file" error={error} />
    </div>
  );
}

function SetFields({ encoders, videoEncoders }: { encoders: string[]; videoEncoders: string[] }) {
  const t = useTranslations("references.upload");
  const { watch } = useFormContext<UploadValues>();
  const holdsStatistics = isStatistics(watch("file")?.[0]);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField<UploadValues> name="name" idPrefix="set-" label={t("name")} required />
      <ChoiceField<UploadValues>
        name="encoder"
        idPrefix="set-"
        label={t("encoder")}
        options={encoders.map((each) =>
          videoEncoders.includes(each) ? [each, t("videoEncoder", { encoder: each })] : [each, each, "name"],
        )}
      />
      <ChoiceField<UploadValues>
        name="resize"
        idPrefix="set-"
        label={t(holdsStatistics ? "statisticsResize" : "resize")}
        options={[
          ["", t("encodersOwn")],
          ["clean", "clean (clean-fid)", "name"],
          ["torch", "torch (pytorch-fid)", "name"],
          ["tf1", "tf1 (torch-fidelity, TensorFlow)", "name"],
        ]}
      />
      {holdsStatistics && (
        <TextField<UploadValues> name="n" idPrefix="set-" label={t("n")} inputMode="numeric" />
      )}
    </div>
  );
}
