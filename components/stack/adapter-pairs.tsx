import { HungPicture } from "@/components/stack/hung-picture";
import type { StackView } from "@/lib/schemas/stack";

/** What the adapter's word draws, and what the model without the adapter makes of it, from the same seed. */
export function AdapterPairs({ model, word, pairs }: StackView["adapters"][number]) {
  return (
    <figure className="my-6">
      <ul className="grid max-w-2xl grid-cols-2 gap-4 sm:grid-cols-4">
        {pairs.map(({ prompt, base, adapted }) => (
          <li key={prompt}>
            <HungPicture picture={adapted} prompt={`${prompt}, with the adapter`} />
            <div className="mx-auto mt-2 w-1/2">
              <HungPicture picture={base} prompt={`${prompt}, without it`} />
            </div>
            <p className="text-muted mt-2 text-center font-serif text-sm italic">“{prompt}”</p>
          </li>
        ))}
      </ul>
      <figcaption className="text-muted mt-3 text-sm">
        {model.name}: large with the adapter, small what the model it changes makes of “{word}” from the same
        seed. None of these prompts is among the ten it learnt from.
      </figcaption>
    </figure>
  );
}
