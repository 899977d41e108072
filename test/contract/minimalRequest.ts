import { entryExamples, parameterExamples, rowOf } from './bodies';
import type { Contract } from './contracts';
import { filePlaces, type FilePlace } from './filePlaces';
import { omit, pick } from './pick';
import { entryFor, placedAlone } from './placedFiles';
import type { FilledFile, FilledForm } from './runRequest';
import { bodySchema } from './schema';
import type { DocumentedModel } from './surroundings';
import { valueValidator } from './validator';

/**
 * What has to be filled in for a request, and no more.
 *
 * @param server the address of the sample files
 * @param besides a place that is to be filled otherwise: its property is left out, and where a file
 * of either kind will do, so is the other
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

/** The places that a request has to fill: what is required, or one where nothing goes without. */
function neededPlaces(contract: Contract, model: DocumentedModel): FilePlace[] {
	const places = filePlaces(model);
	const { required = [] } = bodySchema(model.document);
	const enough = places.filter((place) => isEnough(place, contract, model));
	const found = required.flatMap((name) => enough.find(({ path }) => path[0] === name) ?? []);
	if (found.length || !contract.worksOnFile) return found;
	return [places.find(({ holds }) => holds === 'address') ?? places[0]];
}

/** Whether a property asks for nothing besides the file. */
function isEnough(place: FilePlace, contract: Contract, { document }: DocumentedModel): boolean {
	const [name] = place.path;
	const files = Array<FilledFile>(place.list?.least ?? 1).fill(entryFor(place, contract));
	const { [name]: value } = placedAlone(place, files, document);
	const property = bodySchema(document).properties?.[name] ?? {};
	return valueValidator(property, document)(value) === true;
}

/** As few files as places take, and what they make of the body: addresses where they can be. */
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
