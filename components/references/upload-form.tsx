"use client";

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
  const form = useForm<UploadValues, unknown, Upload>({
    defaultValues: { name: "", encoder: encoders[0], resize: "", n: "" },
    resolver: useMemo(() => uploadResolver(megabytes), [megabytes]),
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
      await uploadFile(`/api/v1/references?${query}`, file, setShare);
      form.reset({ ...form.getValues(), file: undefined, name: "", n: "" });
      onAdded();
    } catch (thrown) {
      reportError(form, thrown);
    }
  });

  return (
    <section className="mt-14 max-w-2xl" aria-labelledby="add">
      <h2 id="add" className="text-2xl">
        Add a set
      </h2>
      <p className="text-muted mt-2 text-sm">
        A .zip or .tar of PNG, JPEG or WebP images
        {videoEncoders.length > 0 &&
          ", or, for a video encoder, MP4, WebM, GIF, animated WebP or folders of frames"}
        , or a .npz of statistics (mu, sigma) as pytorch-fid writes it; at most {megabytes} MiB. They are
        shown to you only, the numbers to everyone. Adding a set changes no score.
      </p>
      <FormProvider {...form}>
        <form className="card mt-5 grid gap-4 p-5" noValidate onSubmit={(event) => void send(event)}>
          <FileField />
          <SetFields encoders={encoders} videoEncoders={videoEncoders} />
          <FormProblem />
          <div className="flex flex-wrap items-center gap-4">
            <button type="submit" className="button-primary" disabled={isSubmitting}>
              {isSubmitting ? "Uploading" : "Upload"}
            </button>
            {isSubmitting && (
              <progress className="accent-accent h-2 w-48" value={share} max={1} aria-label="Upload">
                {Math.round(share * 100)}%
              </progress>
            )}
          </div>
        </form>
      </FormProvider>
    </section>
  );
}

function FileField() {
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
        File
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
  const { watch } = useFormContext<UploadValues>();
  const holdsStatistics = isStatistics(watch("file")?.[0]);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField<UploadValues> name="name" idPrefix="set-" label="Name" required />
      <ChoiceField<UploadValues>
        name="encoder"
        idPrefix="set-"
        label="Encoder"
        options={encoders.map((each) => [each, videoEncoders.includes(each) ? `${each} (videos)` : each])}
      />
      <ChoiceField<UploadValues>
        name="resize"
        idPrefix="set-"
        label={holdsStatistics ? "Resize the statistics were made with" : "Resize in front of the encoder"}
        options={[
          ["", "the encoder's own"],
          ["clean", "clean (clean-fid)"],
          ["torch", "torch (pytorch-fid)"],
          ["tf1", "tf1 (torch-fidelity, TensorFlow)"],
        ]}
      />
      {holdsStatistics && (
        <TextField<UploadValues>
          name="n"
          idPrefix="set-"
          label="Samples behind the statistics, if known"
          inputMode="numeric"
        />
      )}
    </div>
  );
}
