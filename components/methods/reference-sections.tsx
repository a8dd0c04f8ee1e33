import type { MethodSection } from "@/components/methods/method-section";

interface Reference {
  of: string;
  text: string;
  address: string;
}

/** Where each method comes from. */
const REFERENCES: readonly Reference[] = [
  {
    of: "Ratings",
    text: "Bradley and Terry, Rank analysis of incomplete block designs, Biometrika 1952",
    address: "https://doi.org/10.2307/2334029",
  },
  {
    of: "Ties",
    text: "Davidson, On extending the Bradley-Terry model to accommodate ties, JASA 1970",
    address: "https://doi.org/10.1080/01621459.1970.10481082",
  },
  {
    of: "Intervals",
    text: "White, Maximum likelihood estimation of misspecified models, Econometrica 1982",
    address: "https://doi.org/10.2307/1912526",
  },
  {
    of: "Votes that go together",
    text: "Cameron, Gelbach and Miller, Robust inference with multiway clustering, JBES 2011",
    address: "https://doi.org/10.1198/jbes.2010.07136",
  },
  {
    of: "Shares",
    text: "Wilson, Probable inference, the law of succession, and statistical inference, JASA 1927",
    address: "https://doi.org/10.1080/01621459.1927.10502953",
  },
  {
    of: "People and a judge",
    text: "Angelopoulos, Duchi and Zrnic, PPI++: efficient prediction-powered inference, 2023",
    address: "https://arxiv.org/abs/2311.01453",
  },
  {
    of: "Fréchet distance",
    text: "Heusel et al., GANs trained by a two time-scale update rule, NeurIPS 2017",
    address: "https://arxiv.org/abs/1706.08500",
  },
  {
    of: "Kernel distance",
    text: "Bińkowski et al., Demystifying MMD GANs, ICLR 2018",
    address: "https://arxiv.org/abs/1801.01401",
  },
  {
    of: "Precision and recall",
    text: "Kynkäänniemi et al., Improved precision and recall metric, NeurIPS 2019",
    address: "https://arxiv.org/abs/1904.06991",
  },
  {
    of: "Distances of videos",
    text: "Unterthiner et al., Towards accurate generative models of video, 2018",
    address: "https://arxiv.org/abs/1812.01717",
  },
  {
    of: "What a distance sees of time",
    text: "Ge et al., On the content bias in Fréchet video distance, CVPR 2024",
    address: "https://arxiv.org/abs/2404.12391",
  },
  {
    of: "Measures of motion",
    text: "Huang et al., VBench, CVPR 2024",
    address: "https://arxiv.org/abs/2311.17982",
  },
];

export const REFERENCE_SECTIONS: readonly MethodSection[] = [
  {
    id: "references",
    title: "Sources",
    body: (
      <ul>
        {REFERENCES.map(({ of, text, address }) => (
          <li key={address}>
            {of}:{" "}
            <a href={address} rel="noreferrer">
              {text}
            </a>
          </li>
        ))}
      </ul>
    ),
  },
  {
    id: "changes",
    title: "Changes of this page",
    body: (
      <ul>
        <li>
          <time dateTime="2026-11-30">30 November 2026</time>: judges, people and a judge, videos, formulas
          and sources.
        </li>
      </ul>
    ),
  },
];
