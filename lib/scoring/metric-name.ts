/**
 * The name that a distance is stored under: its label with the part before the first hyphen in lower case, "fd-DINOv2" for
 * FD-DINOv2, so that the label can be had back.
 */
export function metricName(distanceLabel: string): string {
  return distanceLabel.replace(/^[^-]+/, (prefix) => prefix.toLowerCase());
}
