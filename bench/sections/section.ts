/** A part of the page of benchmarks. */
export interface Section {
	/** By which it is asked for. */
	name: string;
	title: string;
	/** Gives Markdown. */
	measure(): Promise<string>;
}
