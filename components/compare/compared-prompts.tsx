import { useTranslations } from "next-intl";
import { SampleImage } from "@/components/sample-image";
import { ImageViewer } from "@/components/viewer/image-viewer";
import { viewedImages } from "@/components/viewer/viewed-images";
import type { ModelComparison } from "@/lib/schemas/model-comparison";
import { withQuery } from "@/lib/schemas/sample-address";

/** Fewer columns on a phone, so that four images of 64 pixels are still images. */
const COLUMNS: Record<number, string> = {
  2: "grid-cols-2",
  3: "grid-cols-3",
  4: "grid-cols-2 sm:grid-cols-4",
};

/** The same prompts by each model, side by side; pressed, all images of a prompt open to be looked at in step. */
export function ComparedPrompts({ comparison: { board, models, prompts } }: { comparison: ModelComparison }) {
  const t = useTranslations("compare.prompts");
  const viewer = useTranslations("viewer");
  return (
    <section aria-labelledby="prompts" className="mt-14">
      <h2 id="prompts" className="text-2xl">
        {t("title")}
      </h2>
      {prompts.length === 0 ? (
        <p className="text-muted mt-3 text-sm">{t("none")}</p>
      ) : (
        <ul className="mt-5 grid gap-x-10 gap-y-10 xl:grid-cols-2">
          {prompts.map(({ prompt, category, images }) => (
            <li key={`${category} ${prompt}`} className="min-w-0">
              <p className="break-words" translate="no">
                {prompt} <span className="text-muted text-sm">{category}</span>
              </p>
              <ul className={`mt-2 grid gap-3 ${COLUMNS[images.length]}`}>
                {images.map((url, index) => (
                  <li key={url}>
                    <div className="frame [--frame-padding:5px]">
                      {board.isVideo ? (
                        <SampleImage
                          src={withQuery(url, "size=still")}
                          prompt={viewer("by", { prompt, model: models[index].name })}
                        />
                      ) : (
                        <ImageViewer
                          title={prompt}
                          images={viewedImages(
                            [],
                            images.map((each, k) => ({ url: each, label: models[k].name })),
                          )}
                        >
                          <SampleImage
                            src={url}
                            prompt={viewer("by", { prompt, model: models[index].name })}
                          />
                        </ImageViewer>
                      )}
                    </div>
                    <p className="text-muted mt-1 text-xs break-words" translate="no">
                      {models[index].name}
                    </p>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
