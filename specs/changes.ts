/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENDPOINTS } from '../nodes/shared/models/endpoints';
import type { IndexEntry, SpecsReport } from './report';

/** A download; its documents are texts by `<model> at <endpoint>`. */
export interface Specs {
	report: SpecsReport;
	index: IndexEntry[];
	documents: Map<string, string>;
}

/** Reads a complete download from its folder; rejects if a file is missing. */
export async function readSpecs(folder: string): Promise<Specs> {
	const read = async (file: string) => await readFile(join(folder, file), 'utf8');
	const index = JSON.parse(await read('index.json')) as IndexEntry[];
	const documents = new Map<string, string>();
	for (const entry of index) documents.set(nameOf(entry), await read(entry.file));
	return { report: JSON.parse(await read('report.json')) as SpecsReport, index, documents };
}

const nameOf = ({ model, endpoint }: IndexEntry): string => `${model} at ${endpoint}`;

/** Sorted lists of model IDs, and of documents by `<model> at <endpoint>`. */
interface Changes {
	newModels: string[];
	goneModels: string[];
	changedDocuments: string[];
}

/** Compares two downloads. */
export function compareSpecs(before: Specs, now: Specs): Changes {
	const idsBefore = new Set(before.report.models.map(({ id }) => id));
	const idsNow = new Set(now.report.models.map(({ id }) => id));
	return {
		newModels: [...idsNow].filter((id) => !idsBefore.has(id)).sort(),
		goneModels: [...idsBefore].filter((id) => !idsNow.has(id)).sort(),
		changedDocuments: [...now.documents.keys()]
			.filter((name) => before.documents.has(name))
			.filter((name) => before.documents.get(name) !== now.documents.get(name))
			.sort(),
	};
}

/** Documented requests to endpoints that no operation calls, as a sorted list. */
export function findUncallable({ index }: Specs): string[] {
	const called = new Set(ENDPOINTS.map(({ path }) => path));
	return index
		.filter(({ endpoint }) => !called.has(endpoint))
		.map(nameOf)
		.sort();
}
