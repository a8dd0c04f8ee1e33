import { count, day } from "@/components/format";
import type { MethodSection } from "@/components/methods/method-section";
import { findPreset } from "@/lib/schemas/catalogue/catalogue";
import { PUBLISHED } from "@/lib/schemas/catalogue/published";

export const PUBLISHED_SECTIONS: MethodSection[] = [
  {
    id: "published-elsewhere",
    title: "Published elsewhere",
    body: (
      <>
        <p>
          Others rate models too. Their figures come from other prompts, other voters and other opponents, so
          no point of theirs is a point of ours: they are shown here and on the page of a model that was
          submitted from the catalogue, and enter no rating, rank or metric of this site.
        </p>
        <table className="text-sm">
          <thead>
            <tr>
              <th>Model</th>
              <th>Figure</th>
              <th>By</th>
              <th>Seen</th>
            </tr>
          </thead>
          <tbody>
            {PUBLISHED.map(({ preset, by, address, seen, what, value }) => (
              <tr key={preset + by + what}>
                <td>{findPreset(preset)?.name}</td>
                <td className="tabular-nums">
                  {what} {count(value)}
                </td>
                <td>
                  <a href={address} rel="noreferrer">
                    {by}
                  </a>
                </td>
                <td>{day(seen)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </>
    ),
  },
];
