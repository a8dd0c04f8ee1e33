import { useTranslations } from "next-intl";
import { capabilityRows } from "@/components/models/page-text";
import { useFormat } from "@/components/use-format";
import type { Capability } from "@/lib/schemas/endpoints/capabilities";

/** What an endpoint was found to do when it was tested. */
export function CapabilityFacts({ capability }: { capability: Capability }) {
  const rows = capabilityRows(useTranslations("models"), useFormat(), capability);
  return (
    <dl className="text-sm">
      {rows.map(([label, value]) => (
        <div key={label} className="border-line flex justify-between gap-6 border-b py-1.5">
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 text-right break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The same as a part of a run's page; nothing where its version of the endpoint was not tested. */
export function EndpointTested({ capability }: { capability: Capability | null }) {
  const t = useTranslations("models.capability");
  if (capability === null) return null;
  return (
    <section className="mt-8 max-w-xl" aria-labelledby="tested">
      <h2 id="tested" className="text-muted text-xs">
        {t("title")}
      </h2>
      <CapabilityFacts capability={capability} />
    </section>
  );
}
