/**
 * Invalid input from the user. Thrown while a request is built, before anything is paid for; the run
 * policy turns it into n8n's error for the item.
 */
export class InputError extends Error {
	/**
	 * @param message what is wrong, the field's display name in single quotes
	 * @param description what to do about it
	 */
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
		this.name = 'InputError';
	}
}
