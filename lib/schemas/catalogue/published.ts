import file from "@/lib/schemas/catalogue/catalogue.json";
import { catalogueFile, type PublishedElsewhere } from "@/lib/schemas/catalogue/preset";

/**
 * What others published of the catalogue's models. Shown apart, with who says it and when it was seen: nothing that rates, ranks or scores
 * may read this file.
 */
export const PUBLISHED: readonly PublishedElsewhere[] = catalogueFile.parse(file).published;

/** Of one preset. */
export const publishedOf = (preset: string): PublishedElsewhere[] =>
  PUBLISHED.filter((each) => each.preset === preset);
