/** What is said of each covariate of style: its label, where it is not the name itself, and the unit it is measured in. */
const COVARIATES: Record<string, { label?: string; unit: string }> = {
  side: { label: "Being on the left", unit: "shown on the left" },
  resolution: { unit: "pixels" },
  aspect: { unit: "width / height" },
  brightness: { unit: "mean luma, 0 to 1" },
  contrast: { unit: "SD of luma, 0 to 0.5" },
  saturation: { unit: "mean, 0 to 1" },
  colourfulness: { unit: "Hasler and Süsstrunk" },
  sharpness: { unit: "variance of the Laplacian" },
  fileSize: { label: "File size", unit: "bytes" },
  latency: { label: "Latency (never shown: should be near 0)", unit: "milliseconds" },
  duration: { unit: "seconds" },
  fps: { unit: "frames a second" },
};

/** A covariate of style, for a table or plot. */
export function styleLabel(name: string): string {
  return COVARIATES[name]?.label ?? name.charAt(0).toUpperCase() + name.slice(1);
}

/** What it is measured in; "" for one that is not known. */
export function styleUnit(name: string): string {
  return COVARIATES[name]?.unit ?? "";
}
