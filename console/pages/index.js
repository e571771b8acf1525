// Every page, in the order of the menu. A page is one file with one object:
//
//   id        its address (#/id) and the name of its texts (page.id.menu, page.id.title)
//   feature   the feature that it is part of; left out: none
//   roles     whose page it is; left out: everybody's who is signed in
//   needsFactor  true: only where the organization asks for a second factor that the session lacks
//   isWide    true: it has something beside each other that a column of text has no room for
//   show      builds its content: an element, or a promise of one. A refusal that it throws is shown in its place.
//
// What `show` is given: api, session, args (the rest of the address), signal (aborted when the page is left),
// draft(name) (an object in memory for what is typed), go(id, ...args), show() (once more), reload() (after a change of
// who or where one is).

import account from "./account.js";
import beds from "./beds.js";
import checkin from "./checkin.js";
import circles from "./circles.js";
import cupboard from "./cupboard.js";
import factor from "./factor.js";
import flags from "./flags.js";
import help from "./help.js";
import incidents from "./incidents.js";
import library from "./library.js";
import offers from "./offers.js";
import participation from "./participation.js";
import questionnaire from "./questionnaire.js";
import residents from "./residents.js";
import risk from "./risk.js";
import rota from "./rota.js";
import round from "./round.js";
import shift from "./shift.js";
import staffing from "./staffing.js";
import swaps from "./swaps.js";
import team from "./team.js";
import training from "./training.js";
import trend from "./trend.js";
import wellbeing from "./wellbeing.js";

export const pages = [
  factor,
  checkin,
  trend,
  risk,
  offers,
  questionnaire,
  team,
  wellbeing,
  staffing,
  help,
  shift,
  residents,
  round,
  cupboard,
  incidents,
  beds,
  rota,
  swaps,
  training,
  circles,
  flags,
  library,
  participation,
  account,
];
