import Link from "next/link";
import { SampleImage } from "@/components/sample-image";
import type { AgreementView, ProxyView } from "@/lib/schemas/agreement";

/** The pairs on which a proxy contradicts people most, with both models' images of one prompt. */
export function MisledPairs({
  pairs,
  models,
  label,
}: {
  pairs: ProxyView["misled"];
  models: AgreementView["models"];
  label: string;
}) {
  const name = (slug: string) => models.find((model) => model.slug === slug)?.name ?? slug;
  return (
    <ul className="grid gap-x-6 gap-y-8 sm:grid-cols-2 lg:grid-cols-3">
      {pairs.map(({ better, worse, z, prompt, images, voted }) => (
        <li key={`${better} ${worse}`} className="min-w-0">
          {images && prompt && (
            <figure>
              <div className="grid grid-cols-2 gap-2">
                <SampleImage src={images.better} prompt={`${prompt}, by ${name(better)}`} />
                <SampleImage src={images.worse} prompt={`${prompt}, by ${name(worse)}`} />
              </div>
              <figcaption className="text-muted mt-2 font-serif">
                “{prompt}”{" "}
                <span className="font-sans text-xs">
                  {voted ? "People chose between these two." : "A prompt that is in no battle."}
                </span>
              </figcaption>
            </figure>
          )}
          <p className="mt-2 text-sm">
            People prefer <ModelLink slug={better} name={name(better)} />; {label} prefers{" "}
            <ModelLink slug={worse} name={name(worse)} />.{" "}
            <span className="text-muted">
              {z >= 1.96
                ? `People are sure (z = ${z.toFixed(1)}).`
                : `People are not sure yet (z = ${z.toFixed(1)}).`}
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}

function ModelLink({ slug, name }: { slug: string; name: string }) {
  return (
    <Link href={`/models/${slug}`} className="link">
      {name}
    </Link>
  );
}
