/** A part of the page of benchmarks. */
export interface Section {
	/** Its name on the command line. */
	name: string;
	title: string;
	/** Runs the benchmark and returns its results as Markdown. */
	measure(): Promise<string>;
}
