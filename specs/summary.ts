import { ENDPOINTS } from '../nodes/shared/models/endpoints';
import { compareSpecs, findUncallable, type Specs } from './changes';

/** The part of Jest's JSON report that is used. */
export interface TestResults {
	numPassedTests: number;
	numFailedTests: number;
	testResults: Array<{
		/** Why a whole file failed; empty if its tests ran. */
		message: string;
		assertionResults: Array<{ status: string; fullName: string }>;
	}>;
}

/** The maximum length of a list. */
const MAX_SHOWN = 100;

/**
 * Summarizes a download and the contract tests on it as Markdown.
 *
 * @param before the previous download, if any
 * @param results of the contract tests, if they finished
 */
export function toSummary(now: Specs, before?: Specs, results?: TestResults): string {
	const { documents, models, unlinked, skipped } = now.report;
	const changes = before && compareSpecs(before, now);
	return [
		'# Contract with the live catalog',
		`${models.length} models, ${documents} documents.`,
		testLine(results),
		coverage(now),
		...section('Not callable: no operation for the endpoint', findUncallable(now)),
		...section('Not callable: a contract test fails', failedTests(results)),
		...(changes
			? [
					...section('New models', changes.newModels),
					...section('Gone models', changes.goneModels),
					...section('Changed documents', changes.changedDocuments),
				]
			: ['There is no earlier download to compare with.']),
		...section(
			'Unusable documents',
			skipped.map(({ model, reason }) => `${model}: ${reason}`),
		),
		...section('Models without a document', unlinked),
	].join('\n\n');
}

/** A table of the number of documents for each operation. */
const coverage = ({ index }: Specs): string =>
	[
		'| operation | endpoint | documented models |',
		'| --- | --- | --- |',
		...ENDPOINTS.map(({ path, purpose }) => {
			const documented = index.filter(({ endpoint }) => endpoint === path);
			return `| ${purpose?.operation} | \`${path}\` | ${documented.length} |`;
		}),
	].join('\n');

const testLine = (results?: TestResults): string =>
	results
		? `Contract tests: ${results.numPassedTests} passed, ${results.numFailedTests} failed.`
		: 'The contract tests did not finish.';

const failedTests = (results?: TestResults): string[] =>
	(results?.testResults ?? []).flatMap(({ message, assertionResults }) => {
		const failed = assertionResults.filter(({ status }) => status === 'failed');
		if (!failed.length && message && !assertionResults.length) return [message.split('\n')[0]];
		return failed.map(({ fullName }) => fullName);
	});

/** A heading with a list; nothing if the list is empty. */
function section(title: string, lines: string[]): string[] {
	if (!lines.length) return [];
	const shown = lines.slice(0, MAX_SHOWN).map((line) => `- ${line.replace(/[\\`*_<>|]/g, '\\$&')}`);
	const rest = lines.length - shown.length;
	return [
		`## ${title} (${lines.length})`,
		[...shown, ...(rest ? [`- and ${rest} more`] : [])].join('\n'),
	];
}
