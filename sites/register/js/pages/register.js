// The pages of masts: the register, one mast, the form of one. Each part starts where its page is.
import "../../css/register.css";
import { createMap } from "../../../../infra/map/js/map.js";
import { setUpRegister } from "../register/list.js";
import { setUpMast } from "../register/mast.js";
import { setUpPlace } from "../register/place.js";

/** @type {HTMLElement | null} */
const element = document.querySelector("[data-map]");
if (element) {
  const view = createMap(element);
  const form = document.getElementById("register-form");
  if (form) setUpRegister(form, view);
  if (document.getElementById("fall-scene")) setUpMast(view);
  if (document.getElementById("saved-place")) setUpPlace(view);
}
