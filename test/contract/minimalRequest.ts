import { entryExamples, parameterExamples, rowOf } from './bodies';
import type { Contract } from './contracts';
import { filePlaces, type FilePlace } from './filePlaces';
import { omit, pick } from './pick';
import { entryFor, placedAlone } from './placedFiles';
import type { FilledFile, FilledForm } from './runRequest';
import { bodySchema } from './schema';
import type { DocumentedModel } from './collections';
import { valueValidator } from './validator';

/**
 * The least that must be entered for a request.
 *
 * @param server URL of the sample files
 * @param besides a place that the caller fills: its property is left out, and so is a file that is only
 * needed if there is no other
 */
export function minimalRequest(
	contract: Contract,
	model: DocumentedModel,
	server: string,
	besides?: FilePlace,
): {
	form: Required<Pick<FilledForm, 'entries' | 'values' | 'files'>>;
	placed: Record<string, unknown>;
} {
	const { required = [] } = bodySchema(model.document);
	const wanted = besides ? required.filter((name) => name !== besides.path[0]) : required;
	const places = neededPlaces(contract, model).filter(
		({ path, required: isRequired }) => !besides || (isRequired && path[0] !== besides.path[0]),
	);
	const { files, placed } = filesFor(places, contract, model, server);
	const entries = rowOf(entryExamples(contract, model), 0);
	const texts = contract.needsText ? Object.keys(entries) : wanted;
	const values = pick(rowOf(parameterExamples(contract, model), 0), wanted);
	const form = { entries: pick(entries, texts), values: omit(values, Object.keys(placed)), files };
	return { form, placed };
}

/** The required places, or one if the operation needs a file anyway. */
function neededPlaces(contract: Contract, model: DocumentedModel): FilePlace[] {
	const places = filePlaces(model);
	const { required = [] } = bodySchema(model.document);
	const enough = places.filter((place) => isEnough(place, contract, model));
	const found = required.flatMap((name) => enough.find(({ path }) => path[0] === name) ?? []);
	if (found.length || !contract.worksOnFile) return found;
	return [places.find(({ holds }) => holds === 'address') ?? places[0]];
}

/** Whether a file is all that the property needs. */
function isEnough(place: FilePlace, contract: Contract, { document }: DocumentedModel): boolean {
	const [name] = place.path;
	const files = Array<FilledFile>(place.list?.least ?? 1).fill(entryFor(place, contract));
	const { [name]: value } = placedAlone(place, files, document);
	const property = bodySchema(document).properties?.[name] ?? {};
	return valueValidator(property, document)(value) === true;
}

/** The fewest files that places take, by URL if possible, and the body properties that they become. */
export function filesFor(
	places: FilePlace[],
	contract: Contract,
	model: DocumentedModel,
	server: string,
): { files: FilledFile[]; placed: Record<string, unknown> } {
	const filled = places.map((place) => {
		const file = entryFor(place, contract, place.takesAddress ? server : undefined);
		return { place, files: Array<FilledFile>(place.list?.least ?? 1).fill(file) };
	});
	const placed = filled.map(({ place, files }) => placedAlone(place, files, model.document));
	return {
		files: filled.flatMap(({ files }) => files),
		placed: Object.assign({}, ...placed) as Record<string, unknown>,
	};
}
