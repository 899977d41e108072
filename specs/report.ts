/** A line of index.json: a model at an endpoint, and the file that documents its requests. */
export interface IndexEntry {
	model: string;
	/** Path, e.g. `/v1/chat/completions`. */
	endpoint: string;
	/** Name of a file in the same folder. */
	file: string;
}

/** A document that is linked but of no use. */
export interface SkippedDocument {
	model: string;
	url: string;
	/** What is wrong with it, e.g. `HTTP 404`. */
	reason: string;
}

/** What report.json holds: the catalog, and what it lacks. */
export interface SpecsReport {
	/** How many documents came. */
	documents: number;
	/** The catalog's entries in its order; a model at two endpoints has two. */
	models: Array<{ id: string; type: string }>;
	/** Ids of models that link no document. */
	unlinked: string[];
	skipped: SkippedDocument[];
}

/** The report as lines for a person. */
export function toLines({ documents, models, unlinked, skipped }: SpecsReport): string[] {
	return [
		`${models.length} models, ${documents} documents`,
		...skipped.map(({ model, url, reason }) => `Skipped ${model}: ${reason} (${url})`),
		...(unlinked.length ? [`Without a document: ${unlinked.join(', ')}`] : []),
	];
}
